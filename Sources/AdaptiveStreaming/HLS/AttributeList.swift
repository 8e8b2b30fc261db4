internal import LabModel

/// The attributes of a tag (RFC 8216, 4.2).
struct AttributeList {
    private var values: [Substring: Substring] = [:]

    /// What is no `NAME=value` is left out.
    init(_ text: Substring) {
        var rest = text
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].drop { $0 == " " || $0 == "," }
            rest = rest[rest.index(after: equals)...]
            if rest.first == "\"" {
                rest = rest.dropFirst()
                values[name] = rest.prefix { $0 != "\"" }
                rest = rest.drop { $0 != "\"" }.dropFirst().drop { $0 != "," }.dropFirst()
            } else {
                values[name] = rest.prefix { $0 != "," }
                rest = rest.drop { $0 != "," }.dropFirst()
            }
        }
    }

    subscript(_ name: Substring) -> String? { values[name].map(String.init) }

    func isYes(_ name: Substring) -> Bool { values[name] == "YES" }

    func integer(_ name: Substring) -> Int64? { values[name].flatMap { Int64($0) } }

    /// Seconds; nil where they are negative or no number.
    func time(_ name: Substring) -> TimeSpan? { values[name].flatMap(TimeSpan.init(decimal:)) }

    /// Such as `1280x720`.
    var resolution: (width: Int, height: Int)? {
        let sides = (values["RESOLUTION"] ?? "").split(separator: "x").compactMap { Int($0) }
        return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
}

extension TimeSpan {
    /// Seconds as a decimal number, zero or more.
    init?(decimal text: some StringProtocol) {
        guard let seconds = Double(String(text)), seconds.isFinite, seconds >= 0 else { return nil }
        self.init(seconds: seconds)
    }
}

extension ByteRange {
    /// `length[@offset]` (RFC 8216, 4.3.2.2); without an offset it goes on at `end`.
    init?(_ text: some StringProtocol, after end: Int64?) {
        let numbers = text.split(separator: "@").map { Int64($0) }
        guard let length = numbers.first ?? nil, length >= 0 else { return nil }
        guard let offset = numbers.count > 1 ? numbers[1] : end, offset >= 0 else { return nil }
        self.init(offset: offset, length: length)
    }
}
