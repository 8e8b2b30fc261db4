internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes down the receiver reports that come back to the sender.
final class ReportListener {
    /// A line of the log.
    struct Line: Codable, Sendable {
        var time: Timestamp
        var ssrc: UInt32
        var fractionLost: Double
        var cumulativeLost: Int32
        var highestSequence: UInt32
        /// In ticks of the stream's RTP clock.
        var jitter: UInt32
        /// Seconds from our report to the answer, less what the receiver held it; absent where it had none.
        var roundTrip: Double?
    }

    private let thread: Thread
    private let end: FileDescriptor
    private let failure = Condition<RunStoreError?>(nil)

    init(_ sockets: [DatagramSocket], log path: String) throws {
        let lines = try LineWriter<Line>(path)
        let (watched, told) = try FileDescriptor.pipe().release()
        end = FileDescriptor(owning: told)
        let failure = failure
        thread = try Thread.run(named: "reports") {
            let stop = FileDescriptor(owning: watched)
            do throws(RunStoreError) {
                try Self.listen(sockets, stop.raw, lines)
            } catch {
                failure.change { $0 = error }
            }
        }
    }

    /// Ends the listening; all that came is on disk then.
    func close() throws(RunStoreError) {
        try? end.writeAll([0])
        thread.join()
        if let failure = failure.look({ $0 }) { throw failure }
    }

    private static func listen(
        _ sockets: [DatagramSocket], _ stop: Int32, _ lines: LineWriter<Line>
    ) throws(RunStoreError) {
        var drops: UInt32 = 0
        while let ready = try? Poll.readable(sockets.map(\.raw) + [stop], untilMonotonic: nil) {
            for (socket, isReady) in zip(sockets, ready) where isReady {
                for arrival in (try? socket.receive(drops: &drops)) ?? [] {
                    try lines.append(Self.lines(arrival))
                }
            }
            if ready.last == true { return }
        }
    }

    private static func lines(_ arrival: DatagramSocket.Arrival) -> [Line] {
        RTCP.parse(arrival.bytes).flatMap { part -> [RTCP.ReportBlock] in
            if case .receiverReport(_, let blocks) = part { blocks } else { [] }
        }.map { block in
            let now = UInt32(truncatingIfNeeded: RTCP.ntp(arrival.time) >> 16)
            let ticks = Int32(bitPattern: now &- block.lastReport &- block.sinceLastReport)
            return Line(
                time: Timestamp(nanoseconds: arrival.time), ssrc: block.ssrc,
                fractionLost: Double(block.fractionLost) / 256, cumulativeLost: block.cumulativeLost,
                highestSequence: block.highestSequence, jitter: block.jitter,
                roundTrip: block.lastReport == 0 ? nil : Double(ticks) / 65536)
        }
    }
}
