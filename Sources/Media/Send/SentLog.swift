internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Writes `media/sent.jsonl` on a thread of its own, once a second, so that the disk never delays a packet.
final class SentLog {
    /// What the sender puts down and the writer takes up; the writer sleeps meanwhile and is not woken for a unit.
    private final class Backlog: Sendable {
        let units = Mutex<[SentUnit]>([])
        let isClosed = Condition(false)

        func takeAll() -> [SentUnit] {
            units.withLock { units in
                defer { units = [] }
                return units
            }
        }
    }

    private static let interval: Int64 = 1_000_000_000
    private let backlog = Backlog()
    private let writer: Thread
    private let failure = Condition<RunStoreError?>(nil)
    /// Units of which some packets have left, by their first sequence number of their stream.
    private var open: [OpenUnit: SentUnit] = [:]

    private struct OpenUnit: Hashable {
        let ssrc: UInt32?
        let firstSequence: Int64
    }

    /// Makes the folders that a stream is stored in, and writes down what the streams are.
    init(of streams: [StreamFacts], in run: RunDirectory) throws {
        for folder in RunFolder.subfolders { try Directory.make(run.file(folder)) }
        try run.write(streams, to: RunFolder.streams)
        let lines = try LineWriter<SentUnit>(run.file(RunFolder.sentUnits))
        let (backlog, failure) = (backlog, failure)
        writer = try Thread.run(named: "sent-log") {
            do throws(RunStoreError) {
                try Self.write(backlog, to: lines)
            } catch {
                failure.change { $0 = error }
            }
        }
    }

    /// Notes that some of a unit's packets have left; its line is written when the last has.
    func note(
        _ unit: SendSchedule.Unit, of stream: StreamFacts, _ departure: SendSchedule.Departure, due: Timestamp,
        sent: ClosedRange<Timestamp>
    ) {
        let key = OpenUnit(ssrc: stream.rtp?.ssrc, firstSequence: unit.firstSequence)
        let first = unit.firstSequence + Int64(departure.packets.lowerBound)
        let new = SentUnit(
            stream: stream.stream, index: unit.index, pts: unit.pts, timestamp: unit.timestamp,
            size: ByteCount(Int64(unit.size)), key: unit.isKey, firstSequence: first, lastSequence: first, due: due,
            firstSent: sent.lowerBound, lastSent: sent.upperBound, camera: stream.camera)
        var line = open.removeValue(forKey: key) ?? new
        line.lastSequence = unit.firstSequence + Int64(departure.packets.upperBound) - 1
        line.lastSent = sent.upperBound
        if departure.packets.upperBound == unit.packets.count {
            add(line)
        } else {
            open[key] = line
        }
    }

    /// Takes the line of a unit that has left.
    func add(_ line: SentUnit) {
        backlog.units.withLock { $0.append(line) }
    }

    /// Writes the rest, a unit that was cut off by the end included.
    func close() throws(RunStoreError) {
        let cutOff = open.values.sorted { $0.due < $1.due }
        backlog.units.withLock { $0 += cutOff }
        backlog.isClosed.change { $0 = true }
        writer.join()
        if let failure = failure.look({ $0 }) { throw failure }
    }

    private static func write(_ backlog: Backlog, to lines: LineWriter<SentUnit>) throws(RunStoreError) {
        var isLast = false
        while !isLast {
            isLast = backlog.isClosed.wait(untilMonotonic: Clock.monotonic() + interval) { $0 ? true : nil } ?? false
            let units = backlog.takeAll()
            if !units.isEmpty { try lines.append(units) }
        }
    }
}
