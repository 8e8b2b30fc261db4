internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes `media/sent.jsonl` on a thread of its own, once a second, so that the disk never delays a packet.
final class SentLog {
    private let channel = Channel<SentUnit>(capacity: 65536)
    private let writer: Thread
    private let failure = Condition<RunStoreError?>(nil)
    /// Units of which some packets have left.
    private var open: [Int: SentUnit] = [:]

    init(_ path: String) throws {
        let lines = try LineWriter<SentUnit>(path)
        let (channel, failure) = (channel, failure)
        writer = try Thread.run(named: "sent-log") {
            do throws(RunStoreError) {
                try Self.write(channel, to: lines)
            } catch {
                failure.change { $0 = error }
                // Goes on taking, so that the sender is not held up by a full disk.
                while channel.receive() != nil {}
            }
        }
    }

    /// Notes that some of a unit's packets have left; its line is written when the last has.
    func note(
        _ unit: SendSchedule.Unit, kind: MediaKind, _ departure: SendSchedule.Departure, due: Timestamp,
        sent: ClosedRange<Timestamp>
    ) {
        let first = unit.firstSequence + Int64(departure.packets.lowerBound)
        let new = SentUnit(
            stream: kind, index: unit.index, pts: unit.pts, rtpTimestamp: unit.rtpTimestamp,
            size: ByteCount(Int64(unit.size)), key: unit.isKey, firstSequence: first, lastSequence: first, due: due,
            firstSent: sent.lowerBound, lastSent: sent.upperBound)
        var line = open.removeValue(forKey: departure.unit) ?? new
        line.lastSequence = unit.firstSequence + Int64(departure.packets.upperBound) - 1
        line.lastSent = sent.upperBound
        if departure.packets.upperBound == unit.packets.count {
            channel.send(line)
        } else {
            open[departure.unit] = line
        }
    }

    /// Writes the rest, a unit that was cut off by the end included.
    func close() throws(RunStoreError) {
        for unit in open.values.sorted(by: { $0.due < $1.due }) { channel.send(unit) }
        channel.close()
        writer.join()
        if let failure = failure.look({ $0 }) { throw failure }
    }

    private static func write(_ channel: Channel<SentUnit>, to lines: LineWriter<SentUnit>) throws(RunStoreError) {
        while let first = channel.receive() {
            var units = [first]
            let flush = Clock.monotonic() + 1_000_000_000
            while let unit = channel.receive(untilMonotonic: flush) { units.append(unit) }
            try lines.append(units)
        }
    }
}
