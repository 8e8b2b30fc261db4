import LabModel

/// Reads one kind of quantity, within bounds given in its base unit.
struct QuantityReader: Sendable {
    let table: UnitTable
    let lowest: Double
    let highest: Double
    /// Whether `lowest` itself is refused.
    var excludesLowest = false

    var shape: Shape { .quantity([table]) }

    func read(_ item: Item) -> Double? {
        guard let text = item.text(shape) else { return nil }
        do {
            let value = try inBounds(try UnitParser.parse(text, table), text, item)
            if let value { item.took(VariedQuantity(table: table), value) }
            return value
        } catch {
            report(error, text, item)
            return nil
        }
    }

    private func inBounds(_ value: Double, _ text: String, _ item: Item) throws(UnitParser.Problem) -> Double? {
        if value > highest {
            item.error("\(item.name) \(text) is more than \(written(highest))")
        } else if value < 0, lowest >= 0 {
            item.error("\(item.name) \(text) is negative")
        } else if value < lowest {
            item.error("\(item.name) \(text) is less than \(written(lowest))")
        } else if value == lowest, excludesLowest {
            item.error("\(item.name) must be more than \(written(lowest))")
        } else {
            return value
        }
        return nil
    }

    private func report(_ problem: UnitParser.Problem, _ text: String, _ item: Item) {
        switch problem {
        case .noNumber:
            item.error("\(item.name) '\(text)' is no \(table.name)", hint: "write one such as \(table.example)")
        case .noUnit:
            item.error("\(item.name) \(text) has no unit", hint: "write \(table.names), such as \(table.example)")
        case .unknownUnit(let unit):
            item.error(
                "\(item.name) \(text): '\(unit)' is no unit of a \(table.name)",
                hint: UnitParser.hint(for: unit, number: UnitParser.split(text).number, table))
        }
    }

    private func written(_ value: Double) -> String { table.written(value) }
}

extension ValueKind where Value == Rate {
    static func rate(from lowest: Double = 1e3, to highest: Double = 1e12) -> ValueKind {
        let reader = QuantityReader(table: .rate, lowest: lowest, highest: highest)
        return ValueKind(shape: reader.shape) { item in
            reader.read(item).map { Rate(bitsPerSecond: Int64($0.rounded())) }
        }
    }
}

extension ValueKind where Value == TimeSpan {
    /// Bounds in seconds.
    static func time(from lowest: Double = 0, to highest: Double, excludingLowest: Bool = false) -> ValueKind {
        let reader = QuantityReader(
            table: .time, lowest: lowest, highest: highest, excludesLowest: excludingLowest)
        return ValueKind(shape: reader.shape) { item in reader.read(item).map { TimeSpan(seconds: $0) } }
    }
}

extension ValueKind where Value == ByteCount {
    /// Bounds in bytes.
    static func size(from lowest: Double = 1, to highest: Double) -> ValueKind {
        let reader = QuantityReader(table: .size, lowest: lowest, highest: highest)
        return ValueKind(shape: reader.shape) { item in reader.read(item).map { ByteCount(Int64($0)) } }
    }
}

extension ValueKind where Value == Probability {
    static let ratio = ValueKind(shape: ratioReader.shape) { item in
        ratioReader.read(item).flatMap { Probability($0) }
    }

    private static var ratioReader: QuantityReader { QuantityReader(table: .ratio, lowest: 0, highest: 1) }
}
