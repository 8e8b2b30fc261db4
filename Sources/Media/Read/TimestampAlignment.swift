internal import LabModel
internal import RunStore

/// Where the timestamps of a sender of the user's own begin: it chooses that itself, and nothing tells it before the
/// media does.
enum TimestampAlignment {
    /// Puts the first timestamp of each stream, as what came shows it, into `media/streams.json`: that by which most of
    /// the units came whose content only one unit of the media has.
    static func find(in run: RunDirectory) throws {
        guard run.has(RunFolder.expectedUnits) else { return }
        var streams = try run.read([StreamFacts].self, from: RunFolder.streams)
        let expected = try run.readLines(ExpectedUnit.self, from: RunFolder.expectedUnits)
        let received = try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        for index in streams.indices {
            let kind = streams[index].stream
            let first = first(
                expected.filter { $0.stream == kind }, received.filter { $0.stream == kind },
                clockRate: streams[index].clockRate)
            if let first { streams[index].firstTimestamp = first }
        }
        try run.write(streams, to: RunFolder.streams)
    }

    /// nil where nothing that came is known.
    static func first(_ expected: [ExpectedUnit], _ received: [ReceivedUnit], clockRate: Int) -> UInt32? {
        let single = Dictionary(grouping: expected, by: \.content).filter { $0.value.count == 1 }
        var counts: [UInt32: Int] = [:]
        for arrival in received {
            guard let unit = arrival.content.flatMap({ single[$0]?.first }) else { continue }
            counts[arrival.timestamp &- unit.ticks(clockRate: clockRate), default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
