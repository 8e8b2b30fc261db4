internal import LabModel

/// Puts the packets that came back together to the access units that were sent, where each has RTP packets of its own.
struct UnitTracker {
    /// In the order of their packets.
    private(set) var units: [UnitFate]
    private let packets: [ClosedRange<Int64>]
    private var missing: [Int64]

    init(_ sent: [SentUnit]) {
        let units = sent.compactMap { unit in Self.packets(of: unit).map { (unit: unit, packets: $0) } }
            .sorted { ($0.packets.upperBound, $0.unit.index) < ($1.packets.upperBound, $1.unit.index) }
        self.units = units.map { UnitFate(unit: $0.unit) }
        packets = units.map(\.packets)
        missing = packets.map { Int64($0.count) }
    }

    private static func packets(of unit: SentUnit) -> ClosedRange<Int64>? {
        guard let first = unit.firstSequence, let last = unit.lastSequence, first <= last else { return nil }
        return first...last
    }

    /// Notes a packet that came for the first time.
    mutating func add(sequence: Int64, at time: Timestamp) {
        // Several small units may share a packet (RFC 3640): they lie next to each other.
        var index = firstUnit(endingAt: sequence)
        while index < units.count, packets[index].lowerBound <= sequence {
            units[index].isTouched = true
            missing[index] -= 1
            if missing[index] == 0 { units[index].completed = time }
            index += 1
        }
    }

    /// The first unit whose last packet is `sequence` or a later one.
    private func firstUnit(endingAt sequence: Int64) -> Int {
        var (low, high) = (0, units.count)
        while low < high {
            let middle = (low + high) / 2
            if packets[middle].upperBound < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
