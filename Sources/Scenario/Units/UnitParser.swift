/// Reads a number with its unit.
enum UnitParser {
    /// Why a text is no quantity.
    enum Problem: Error, Hashable {
        case noNumber
        case noUnit
        case unknownUnit(String)
    }

    /// The value in the base unit of the table's quantity: bits per second, seconds, a ratio, bytes, a count.
    static func parse(_ text: String, _ table: UnitTable) throws(Problem) -> Double {
        let (number, unit) = split(text)
        guard let value = Double(number), value.isFinite else { throw .noNumber }
        // Dividing by a whole number rounds once; multiplying by a fraction that binary cannot hold rounds twice.
        if let factor = table.factor(of: unit) { return factor < 1 ? value / (1 / factor).rounded() : value * factor }
        throw unit.isEmpty ? .noUnit : .unknownUnit(unit)
    }

    /// The number and what follows it, without blanks between them.
    static func split(_ text: String) -> (number: Substring, unit: String) {
        let sign = text.prefix { $0 == "-" || $0 == "+" }
        let digits = text.dropFirst(sign.count).prefix { ("0"..."9").contains($0) || $0 == "." }
        guard sign.count <= 1, digits.first != ".", digits.last != "." else { return ("", text) }
        let number = text.prefix(sign.count + digits.count)
        return (number, String(text.dropFirst(number.count).drop { $0 == " " }))
    }

    /// What somebody most likely meant by a unit that is none.
    static func hint(for unit: String, number: Substring, _ table: UnitTable) -> String {
        let folded = unit.lowercased()
        if table === .rate, ["bps", "kbps", "mbps", "gbps"].contains(folded) {
            let prefix = folded.dropLast(3)
            return "tc's '\(unit)' means bytes a second; write \(number)\(prefix)bit for bits a second"
        }
        if table === .rate, folded.hasSuffix("ibit") { return "rates are decimal; write \(table.names)" }
        if table === .size, ["k", "kb", "m", "mb"].contains(folded) {
            return "'\(unit)' can be read in two ways; write kB or MB for 1000, KiB or MiB for 1024"
        }
        return "write \(table.names), such as \(table.example)"
    }
}

extension UnitTable {
    static func === (left: UnitTable, right: UnitTable) -> Bool { left.name == right.name }
}
