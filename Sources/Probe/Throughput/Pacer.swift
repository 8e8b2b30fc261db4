internal import LabModel

/// When the datagrams of a steady rate are due. Waking for each one would cost too much at high rates, so those of one
/// millisecond go together.
struct Pacer: Hashable, Sendable {
    /// The most that one wake-up sends.
    static let largestBatch = 64

    private static let step = 1e6

    /// Nanoseconds from one packet to the next.
    private let spacing: Double

    /// - Precondition: `rate` is more than zero.
    init(rate: Rate, packet: ByteCount) {
        precondition(rate.bitsPerSecond > 0)
        spacing = Double(packet.bytes) * 8e9 / Double(rate.bitsPerSecond)
    }

    /// How many packets are due within `span`.
    func packets(in span: TimeSpan) -> Int64 {
        span.nanoseconds < 0 ? 0 : Int64(Double(span.nanoseconds) / spacing) + 1
    }

    /// When to wake up, since the start, to send packet `number` and those that follow within a millisecond.
    func wakeUp(for number: Int64) -> TimeSpan {
        let together = min(max(Int64(Self.step / spacing), 1), Int64(Self.largestBatch))
        return TimeSpan(nanoseconds: Int64((Double(number + together - 1) * spacing).rounded(.up)))
    }

    /// How many packets from `number` on to send at `elapsed`: those that are due, one at least.
    func batch(from number: Int64, at elapsed: TimeSpan) -> Int64 {
        min(max(packets(in: elapsed) - number, 1), Int64(Self.largestBatch))
    }
}
