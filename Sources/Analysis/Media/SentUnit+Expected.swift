package import LabModel

extension SentUnit {
    /// What a sender of the user's own was to send of one stream, on the clock that it turned out to have. It would have
    /// left if its sender kept to the media's clock from the stream's start on; of this only the distances between units
    /// count, for lip sync.
    ///
    /// Each muxer rounds times as it likes. So a unit has the timestamp of what came nearest to its time, nearer than
    /// half a unit, and of that with its content if there is such; where nothing came, that of its time.
    package static func expected(
        _ units: [ExpectedUnit], of facts: StreamFacts, received: [ReceivedUnit], start: Timestamp
    ) -> [SentUnit] {
        let units = units.filter { $0.stream == facts.stream }
        let spacing = spacing(of: units, clockRate: facts.clockRate)
        let arrivals = Dictionary(grouping: received.filter { $0.stream == facts.stream }) {
            facts.ticks(of: $0.timestamp) / spacing
        }
        return units.map { unit in
            let ticks = Int64(Int32(bitPattern: unit.ticks(clockRate: facts.clockRate)))
            let distance = { (arrival: ReceivedUnit) in abs(facts.ticks(of: arrival.timestamp) - ticks) }
            let near = (ticks / spacing - 1...ticks / spacing + 1).flatMap { arrivals[$0] ?? [] }
                .filter { 2 * distance($0) < spacing }
            let same = near.filter { $0.content == unit.content }
            let meant = (same.isEmpty ? near : same).min { distance($0) < distance($1) }
            return SentUnit(
                unit, timestamp: meant?.timestamp ?? facts.firstTimestamp &+ UInt32(truncatingIfNeeded: ticks),
                due: start + unit.pts)
        }
    }

    /// The mean distance between units, in ticks.
    private static func spacing(of units: [ExpectedUnit], clockRate: Int) -> Int64 {
        let times = units.map(\.pts.seconds)
        guard let first = times.min(), let last = times.max(), units.count > 1 else { return Int64(clockRate) }
        return max(1, Int64(((last - first) * Double(clockRate) / Double(units.count - 1)).rounded()))
    }

    private init(_ unit: ExpectedUnit, timestamp: UInt32, due: Timestamp) {
        self.init(
            stream: unit.stream, index: unit.index, pts: unit.pts, timestamp: timestamp, size: unit.size, key: unit.key,
            content: unit.content, due: due, firstSent: due, lastSent: due)
    }
}
