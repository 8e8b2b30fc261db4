/// The names in segment templates (ISO/IEC 23009-1, 5.3.9.4.4): `$Number%05d$` and its kin.
enum TemplateText {
    /// A template with its identifiers replaced; nil where one is unknown or has no value.
    static func expand(_ template: String, id: String, rate: Int64, number: Int? = nil, time: Int64? = nil) -> String? {
        var result = ""
        for (index, piece) in template.split(separator: "$", omittingEmptySubsequences: false).enumerated() {
            if index.isMultiple(of: 2) {
                result += piece
            } else if piece.isEmpty {
                result += "$"
            } else if piece == "RepresentationID" {
                result += id
            } else {
                let values = ["Number": number.map(Int64.init), "Time": time, "Bandwidth": rate]
                let name = String(piece.prefix { $0 != "%" })
                guard let value = values[name] ?? nil, let text = formatted(value, piece.dropFirst(name.count)) else {
                    return nil
                }
                result += text
            }
        }
        return result
    }

    /// `%0WIDTHd`, or nothing.
    private static func formatted(_ value: Int64, _ format: Substring) -> String? {
        let digits = String(value)
        if format.isEmpty { return digits }
        guard format.hasPrefix("%0"), format.hasSuffix("d"), let width = Int(format.dropFirst(2).dropLast()),
            (0...32).contains(width)
        else { return nil }
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
