package import LabModel

/// Writes quantities as a scenario would, in the greatest unit that keeps them short; reads back as the same value.
package enum UnitText {
    /// Such as `2.5mbit`.
    package static func rate(_ rate: Rate) -> String {
        text(Decimal(rate.bitsPerSecond), [("tbit", 12), ("gbit", 9), ("mbit", 6), ("kbit", 3), ("bit", 0)])
    }

    /// Such as `20ms`; a minute is `60s`.
    package static func time(_ span: TimeSpan) -> String {
        text(Decimal(span.nanoseconds), [("s", 9), ("ms", 6), ("us", 3), ("ns", 0)])
    }

    /// Such as `64kB`.
    package static func size(_ size: ByteCount) -> String {
        text(Decimal(size.bytes), [("MB", 6), ("kB", 3), ("B", 0)])
    }

    /// Such as `0.1%`.
    package static func ratio(_ ratio: Double) -> String {
        // Twelve digits hide the rounding of the percent sign's division and no digit that anybody wrote.
        text(Decimal(Int64((ratio * 1e14).rounded())), [("%", 12)])
    }

    /// A value of any quantity, in its base unit.
    package static func value(_ value: Double, _ quantity: Quantity) -> String {
        switch quantity {
        case .rate: rate(Rate(bitsPerSecond: Int64(value)))
        case .time: time(TimeSpan(seconds: value))
        case .ratio: ratio(value)
        case .size: size(ByteCount(Int64(value)))
        case .count: value == value.rounded() ? String(Int64(value)) : String(value)
        }
    }

    /// The other way round, in the quantity's base unit; nil where the text is no such quantity with a unit.
    package static func parse(_ text: String, as quantity: Quantity) -> Double? {
        try? UnitParser.parse(text, .table(for: quantity))
    }

    private typealias Decimal = Int64

    private static func text(_ value: Decimal, _ units: [(name: String, power: Int)]) -> String {
        let fitting = units.first { value.magnitude >= power($0.power) } ?? units[units.count - 1]
        let zero = units.first { ["s", "%"].contains($0.name) } ?? units[units.count - 1]
        let unit = value == 0 ? zero : fitting
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: power(unit.power))
        let digits = String(rest)
        let padded =
            String(repeating: "0", count: unit.power - digits.count > 0 ? unit.power - digits.count : 0) + digits
        var fraction = rest == 0 ? "" : "." + padded
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return (value < 0 ? "-" : "") + String(whole) + fraction + unit.name
    }

    private static func power(_ exponent: Int) -> UInt64 {
        (0..<exponent).reduce(1) { result, _ in result * 10 }
    }
}
