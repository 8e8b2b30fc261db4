import LabModel

extension ValueKind where Value == QueueLimit {
    /// The kind of quantity is told by its unit.
    static let queueLimit = ValueKind(shape: .quantity([.time, .size, .packets])) { item in
        guard let text = item.text(.quantity([.time, .size, .packets])) else { return nil }
        let unit = UnitParser.split(text).unit
        if UnitTable.packets.factor(of: unit) != nil {
            return QuantityReader(table: .packets, lowest: 1, highest: 1e6).read(item).map { .packets(Int($0)) }
        }
        if UnitTable.size.factor(of: unit) != nil || ["k", "kb", "m", "mb"].contains(unit.lowercased()) {
            return QuantityReader(table: .size, lowest: 1, highest: 1e9).read(item).map { .bytes(ByteCount(Int64($0))) }
        }
        if UnitTable.time.factor(of: unit) != nil {
            let reader = QuantityReader(table: .time, lowest: 0, highest: 60, excludesLowest: true)
            return reader.read(item).map { .time(TimeSpan(seconds: $0)) }
        }
        let problem = unit.isEmpty ? "has no unit" : "has an unknown unit '\(unit)'"
        item.error(
            "\(item.name) \(text) \(problem)",
            hint: "write a time (100ms), a size (64kB) or a number of packets (50packets)")
        return nil
    }
}
