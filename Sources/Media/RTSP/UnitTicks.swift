internal import LabModel

/// The timestamps of the access units of each stream, in decoding order: `media/unit-ticks.json`.
///
/// libavformat's RTSP client works out its timestamps from sender reports as soon as there are some, which may move them
/// by a tick or two; the nearest of these is meant.
struct UnitTicks: Codable {
    /// Since presentation time 0, on the stream's own clock.
    private let decoded: [MediaKind: [Int64]]

    init(_ schedule: SendSchedule) {
        let units = Dictionary(grouping: schedule.units) { schedule.streams[$0.stream].stream }
        let facts = Dictionary(schedule.streams.map { ($0.stream, $0) }) { first, _ in first }
        decoded = units.reduce(into: [:]) { ticks, entry in
            ticks[entry.key] = entry.value.map { facts[entry.key]?.ticks(of: $0.timestamp) ?? 0 }
        }
    }

    /// Finds the unit that a client means.
    struct Finder {
        private let sorted: [Int64]
        /// Of the first unit that is sent, from which a client counts.
        private let origin: Int64
        private let tolerance: Int64

        init(_ ticks: UnitTicks, _ facts: StreamFacts) {
            let decoded = ticks.decoded[facts.stream] ?? []
            sorted = decoded.sorted()
            origin = decoded.first ?? 0
            tolerance = Int64(facts.clockRate / 1000)
        }

        /// The ticks of the unit that came at `time` since the first one; `time` itself where there is no such unit
        /// within a millisecond.
        func ticks(at time: Int64) -> Int64 {
            let wanted = time + origin
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                if sorted[middle] < wanted { low = middle + 1 } else { high = middle }
            }
            let neighbours = [low - 1, low].filter(sorted.indices.contains).map { sorted[$0] }
            let nearest = neighbours.min { abs($0 - wanted) < abs($1 - wanted) }
            return nearest.flatMap { abs($0 - wanted) <= tolerance ? $0 : nil } ?? wanted
        }
    }
}
