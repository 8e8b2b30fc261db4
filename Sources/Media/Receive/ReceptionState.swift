internal import LabModel

/// What a receiver knows of one RTP source (RFC 3550 appendix A).
struct ReceptionState {
    private let facts: RTPStreamFacts
    /// Of the RTP clock, in Hz.
    private let clockRate: Int64
    private(set) var received: Int64 = 0
    private(set) var highest: Int64
    private var expectedBefore: Int64 = 0
    private var receivedBefore: Int64 = 0
    private var transit: Int64?
    private var jitter = 0.0
    private var seen = SequenceWindow()
    private var lastReport: (ntp: UInt64, time: Int64)?
    private var isGone = false
    /// How many packets the source has sent, as its newest report says.
    private var sent: UInt32?

    /// The first sequence number is known from the session's description, so that packets missing before the first
    /// that came are counted too.
    init(_ facts: RTPStreamFacts, clockRate: Int) {
        self.facts = facts
        self.clockRate = Int64(clockRate)
        highest = Int64(facts.firstSequence) - 1
    }

    /// Takes note of a packet; false where it came before or belongs to another source.
    mutating func note(_ header: RTPHeader, at time: Int64) -> Bool {
        guard header.ssrc == facts.ssrc else { return false }
        received += 1
        let sequence = header.sequence.extended(near: highest)
        highest = max(highest, sequence)
        noteTransit(header, at: time)
        return seen.insert(sequence, highest: highest)
    }

    /// RFC 3550 A.8.
    private mutating func noteTransit(_ header: RTPHeader, at time: Int64) {
        let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let arrival = seconds * clockRate + rest * clockRate / 1_000_000_000
        let now = arrival - Int64(header.timestamp)
        if let transit {
            let difference = Int32(truncatingIfNeeded: now - transit)
            jitter += (Double(abs(Int64(difference))) - jitter) / 16
        }
        transit = now
    }

    mutating func note(_ report: RTCP.SenderReport, at time: Int64) {
        guard report.ssrc == facts.ssrc else { return }
        lastReport = (report.ntp, time)
        sent = report.packets
    }

    mutating func noteGoodbye(_ sources: [UInt32]) {
        if sources.contains(facts.ssrc) { isGone = true }
    }

    /// Whether the source said BYE.
    var hasLeft: Bool { isGone }

    /// Whether the source has left and each of its packets came, once: nothing of it can be under way any more.
    var isComplete: Bool {
        isGone && received == seen.distinct && sent == UInt32(truncatingIfNeeded: received)
    }

    private var expected: Int64 { highest - Int64(facts.firstSequence) + 1 }

    /// Packets that have not come although a later one has.
    var missing: Int64 { max(0, expected - seen.distinct) }

    /// The block of the next report (RFC 3550 A.3); nil before the first packet.
    mutating func block(at now: Int64) -> RTCP.ReportBlock? {
        guard received > 0 else { return nil }
        let expectedNow = expected - expectedBefore
        let lostNow = expectedNow - (received - receivedBefore)
        expectedBefore = expected
        receivedBefore = received
        let fraction = expectedNow > 0 && lostNow > 0 ? lostNow * 256 / expectedNow : 0
        let since = lastReport.map { Double(now - $0.time) / 1e9 * 65536 } ?? 0
        return RTCP.ReportBlock(
            ssrc: facts.ssrc, fractionLost: UInt8(clamping: fraction),
            cumulativeLost: Int32(clamping: expected - received),
            highestSequence: UInt32(truncatingIfNeeded: highest), jitter: UInt32(jitter),
            lastReport: lastReport.map { UInt32(truncatingIfNeeded: $0.ntp >> 16) } ?? 0,
            sinceLastReport: UInt32(max(0, since)))
    }
}

/// Which of the last 65536 sequence numbers have come.
struct SequenceWindow {
    private static let size = 1 << 16
    private var bits = [UInt64](repeating: 0, count: size / 64)
    private var top: Int64?
    /// How many different numbers came.
    private(set) var distinct: Int64 = 0

    /// False where the number came before.
    mutating func insert(_ number: Int64, highest: Int64) -> Bool {
        let top = top ?? number - 1
        if highest > top {
            for fresh in max(top + 1, highest - Int64(Self.size) + 1)...highest { clear(fresh) }
        }
        self.top = max(top, highest)
        let (word, bit) = place(number)
        if bits[word] & bit != 0 { return false }
        bits[word] |= bit
        distinct += 1
        return true
    }

    private mutating func clear(_ number: Int64) {
        let (word, bit) = place(number)
        bits[word] &= ~bit
    }

    private func place(_ number: Int64) -> (word: Int, bit: UInt64) {
        let index = Int(number & Int64(Self.size - 1))
        return (index / 64, 1 << UInt64(index % 64))
    }
}
