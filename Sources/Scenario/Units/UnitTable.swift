import LabModel

/// The units that a quantity may be written in, as in `tc(8)`.
struct UnitTable: Sendable {
    let name: String
    /// From the smallest to the greatest; the factor makes the base unit of `Quantity`.
    let units: [(name: String, factor: Double)]
    let example: String
    /// Other spellings that mean the same.
    var spellings: [String: String] = [:]

    /// Whether `tc` ignores the letters' case.
    var ignoresCase = true

    func factor(of unit: String) -> Double? {
        let folded = ignoresCase ? unit.lowercased() : unit
        let name = spellings[folded] ?? folded
        return units.first { $0.name == name }?.factor
    }

    var names: String { units.map(\.name).joined(separator: ", ") }

    /// What its units measure.
    var quantity: Quantity {
        switch name {
        case UnitTable.rate.name: .rate
        case UnitTable.time.name: .time
        case UnitTable.ratio.name: .ratio
        case UnitTable.size.name: .size
        default: .count
        }
    }

    /// A value in the base unit, as a scenario would have it.
    func written(_ value: Double) -> String {
        let text = UnitText.value(value, quantity)
        guard quantity == .count, let unit = units.last?.name, !unit.isEmpty else { return text }
        return "\(text) \(unit)"
    }

    static func table(for quantity: Quantity) -> UnitTable {
        switch quantity {
        case .rate: rate
        case .time: time
        case .ratio: ratio
        case .size: size
        case .count: count
        }
    }

    static let rate = UnitTable(
        name: "rate", units: [("bit", 1), ("kbit", 1e3), ("mbit", 1e6), ("gbit", 1e9), ("tbit", 1e12)],
        example: "10mbit")

    static let time = UnitTable(
        name: "time", units: [("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60)], example: "20ms",
        spellings: [
            "sec": "s", "secs": "s", "msec": "ms", "msecs": "ms", "usec": "us", "usecs": "us", "nsec": "ns",
            "nsecs": "ns", "\u{B5}s": "us", "\u{3BC}s": "us",
        ])

    static let ratio = UnitTable(name: "percentage", units: [("%", 0.01)], example: "1%")

    static let size = UnitTable(
        name: "size", units: [("B", 1), ("kB", 1e3), ("KiB", 1024), ("MB", 1e6), ("MiB", 1_048_576)], example: "64kB",
        ignoresCase: false)

    static let count = UnitTable(name: "number", units: [("", 1)], example: "3")

    static let packets = UnitTable(
        name: "number of packets", units: [("packets", 1)], example: "50packets", spellings: ["packet": "packets"])
}
