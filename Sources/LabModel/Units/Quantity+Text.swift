extension Quantity {
    /// A value in base units as people write it: `10.00 Mbit/s`, `20.1 ms`, `0.10 %`, `64.0 kB`, `1,234`.
    package func text(_ value: Double) -> String {
        switch self {
        case .rate: Self.scaled(value, Self.rateUnits, below: ("bit/s", 1, 0))
        case .time: Self.scaled(value, Self.timeUnits, below: value == 0 ? ("ms", 1e-3, 0) : ("ns", 1e-9, 0))
        case .size: Self.scaled(value, Self.sizeUnits, below: ("B", 1, 0))
        case .ratio: Self.percentage(value) + " %"
        case .count: Self.number(value)
        }
    }

    /// A value that somebody chose, without zeros that say nothing: `10 Mbit/s`, `200 ms`, `0.1 %`.
    package func setting(_ value: Double) -> String {
        let text = text(value)
        guard let space = text.firstIndex(of: " "), text[..<space].contains(".") else { return text }
        var number = text[..<space]
        while number.last == "0" { number.removeLast() }
        if number.last == "." { number.removeLast() }
        return String(number) + text[space...]
    }

    /// A value, or what stands for one that is unknown.
    package func text(_ value: Double?) -> String {
        value.map { text($0) } ?? Self.unknown
    }

    /// What stands in a table for a figure that nothing measured.
    package static let unknown = "\u{2013}"

    /// The difference of two values with its sign; that of two ratios is in percentage points (`pp`).
    package func difference(_ value: Double) -> String {
        let text = differenceText(value.magnitude)
        let sign = value == 0 || !text.contains { ("1"..."9").contains($0) } ? "\u{b1}" : value < 0 ? "-" : "+"
        return sign + text
    }

    /// Differences of times stay in milliseconds as far as that shows them, so that a column of them reads at a glance.
    private func differenceText(_ magnitude: Double) -> String {
        switch self {
        case .ratio: Self.percentage(magnitude) + " pp"
        case .time where magnitude >= 5e-6 && magnitude < 0.9999: (magnitude * 1000).fixed(2) + " ms"
        case .time, .rate, .size, .count: text(magnitude)
        }
    }

    /// An interval, its unit said once when both ends share it: `9.91 to 10.02 Mbit/s`.
    package func interval(_ low: Double, _ high: Double) -> String {
        let (from, to) = (text(low), text(high))
        guard let space = from.lastIndex(of: " "), to.hasSuffix(from[space...]) else { return "\(from) to \(to)" }
        return "\(from[..<space]) to \(to)"
    }

    /// From the least to the greatest of `values`; one value where they read alike.
    package func span(_ values: [Double]) -> String {
        guard let least = values.min(), let most = values.max() else { return Self.unknown }
        return text(least) == text(most) ? text(least) : interval(least, most)
    }

    private typealias Unit = (name: String, size: Double, places: Int)

    private static let rateUnits: [Unit] = [
        ("Gbit/s", 1e9, 2), ("Mbit/s", 1e6, 2), ("kbit/s", 1e3, 1),
    ]
    private static let timeUnits: [Unit] = [
        ("s", 100, 1), ("s", 1, 2), ("ms", 1e-3, 1), ("\u{b5}s", 1e-6, 1),
    ]
    private static let sizeUnits: [Unit] = [("GB", 1e9, 2), ("MB", 1e6, 2), ("kB", 1e3, 1)]

    /// The first unit that `value` reaches, rounding included, so that 999.96 ms is 1.00 s and not 1000.0 ms.
    private static func scaled(_ value: Double, _ units: [Unit], below: Unit) -> String {
        for unit in units {
            let threshold = unit.size * (1 - 5e-5)
            guard value.magnitude >= threshold else { continue }
            let divisor = unit.name == "s" ? 1 : unit.size
            return (value / divisor).fixed(unit.places) + " " + unit.name
        }
        return (value / below.size).fixed(below.places) + " " + below.name
    }

    /// Two places, more for what would else read as none at all.
    private static func percentage(_ ratio: Double) -> String {
        let percent = ratio * 100
        if percent == 0 || percent == 100 { return percent.fixed(0) }
        if percent.magnitude >= 0.01 { return percent.fixed(2) }
        return percent.magnitude >= 0.0001 ? percent.fixed(4) : percent.fixed(6)
    }

    private static func number(_ value: Double) -> String {
        guard value.rounded() == value, value.magnitude < 9e18 else { return value.fixed(2) }
        return Int64(value).grouped
    }
}

extension TimeSpan {
    /// As people write it: `20.1 ms`, `1.25 s`.
    package var text: String { Quantity.time.text(seconds) }

    /// As a setting: `200 ms`.
    package var setting: String { Quantity.time.setting(seconds) }
}

extension Rate {
    /// As people write it: `10.00 Mbit/s`.
    package var text: String { Quantity.rate.text(Double(bitsPerSecond)) }
}

extension ByteCount {
    /// As people write it: `64.0 kB`.
    package var text: String { Quantity.size.text(Double(bytes)) }
}

extension Probability {
    /// As people write it: `0.10 %`.
    package var text: String { Quantity.ratio.text(value) }
}
