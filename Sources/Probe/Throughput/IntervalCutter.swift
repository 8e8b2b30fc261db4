internal import LabModel
internal import LinuxKit

/// Cuts a running count into reporting intervals of 200 ms.
struct IntervalCutter: Sendable {
    private static let length = TimeSpan.milliseconds(200)

    private var start = TimeSpan.zero
    private var boundary = Self.length
    private var before = ReceivedTraffic()
    private var retransmissionsBefore: Int64 = 0

    /// The interval that ends at `elapsed`, if a multiple of 200 ms has passed. Sampling late makes an interval longer
    /// and the next one shorter, never wrong.
    mutating func cut(
        at elapsed: TimeSpan, received: ReceivedTraffic, facts: StreamSocket.Facts?
    ) -> ProbeResult.Interval? {
        guard elapsed >= boundary else { return nil }
        let interval = ProbeResult.Interval(
            start: start, end: elapsed, bytes: ByteCount(received.payload.bytes - before.payload.bytes),
            packets: received.packets.map { $0 - (before.packets ?? 0) },
            // A datagram that was missing and came later makes up for another that is missing now.
            lost: received.missing.map { max($0 - (before.missing ?? 0), 0) },
            retransmissions: facts.map { $0.retransmissions - retransmissionsBefore },
            roundTrip: facts.map { TimeSpan(nanoseconds: $0.roundTrip) },
            congestionWindow: facts.map { ByteCount($0.congestionWindow) })
        start = elapsed
        while boundary <= elapsed { boundary = boundary + Self.length }
        before = received
        retransmissionsBefore = facts?.retransmissions ?? retransmissionsBefore
        return interval
    }
}
