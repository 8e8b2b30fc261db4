import LabModel
import Testing

@testable import Media

@Suite struct ReceptionStateTests {
    private static let facts = RTPStreamFacts(
        ssrc: 5, payloadType: 96, firstSequence: 65530, port: 1)

    private func header(_ sequence: Int, timestamp: UInt32 = 100) -> RTPHeader? {
        RTPHeader(
            [0x80, 96] + UInt16(truncatingIfNeeded: sequence).bytes + timestamp.bytes + UInt32(5).bytes)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// Sequence numbers beyond the first.
        let sequence: [Int]
        let missing: Int64
        let cumulative: Int32
        let fraction: UInt8
    }

    static let cases = [
        Case(testDescription: "all, across the wrap", sequence: Array(0..<20), missing: 0, cumulative: 0, fraction: 0),
        Case(testDescription: "the first ones lost", sequence: [2, 3], missing: 2, cumulative: 2, fraction: 128),
        Case(testDescription: "one of four lost", sequence: [0, 1, 3], missing: 1, cumulative: 1, fraction: 64),
        Case(testDescription: "late", sequence: [0, 2, 1, 3], missing: 0, cumulative: 0, fraction: 0),
        // RFC 3550 A.3 counts a duplicate as received.
        Case(testDescription: "one lost, one twice", sequence: [0, 0, 2], missing: 1, cumulative: 0, fraction: 0),
        Case(testDescription: "twice", sequence: [0, 1, 1], missing: 0, cumulative: -1, fraction: 0),
        Case(testDescription: "far apart", sequence: [0, 30000], missing: 29999, cumulative: 29999, fraction: 255),
    ]

    @Test(arguments: cases)
    func `Losses are counted`(_ trial: Case) throws {
        var state = ReceptionState(Self.facts, clockRate: 1000)
        for number in trial.sequence {
            let packet = try #require(header(65530 + number))
            _ = state.note(packet, at: 0)
        }
        let reported = state.block(at: 0)
        let block = try #require(reported)
        #expect(state.missing == trial.missing)
        #expect(block.cumulativeLost == trial.cumulative && block.fractionLost == trial.fraction)
        #expect(Int(block.highestSequence) == 65530 + (trial.sequence.max() ?? 0))
    }

    struct Ending: CustomTestStringConvertible {
        let testDescription: String
        var sequence = [0, 1, 2]
        var sent: UInt32 = 3
        var hasLeft = true
        let isComplete: Bool
    }

    @Test(arguments: [
        Ending(testDescription: "all came", isComplete: true),
        Ending(testDescription: "out of order", sequence: [1, 0, 2], isComplete: true),
        Ending(testDescription: "it goes on", hasLeft: false, isComplete: false),
        Ending(testDescription: "the last is under way", sent: 4, isComplete: false),
        Ending(testDescription: "one is missing", sequence: [0, 2], isComplete: false),
        Ending(testDescription: "one is missing, one came twice", sequence: [0, 2, 2], isComplete: false),
        Ending(testDescription: "one came twice, so others may", sequence: [0, 1, 2, 2], isComplete: false),
    ])
    func `A source is complete when it has left and all it sent came once`(_ trial: Ending) throws {
        var state = ReceptionState(Self.facts, clockRate: 1000)
        for number in trial.sequence { _ = state.note(try #require(header(65530 + number)), at: 0) }
        state.note(RTCP.SenderReport(ssrc: 5, ntp: 1, timestamp: 0, packets: trial.sent, octets: 0), at: 0)
        if trial.hasLeft { state.noteGoodbye([5]) }
        #expect(state.isComplete == trial.isComplete)
    }

    @Test func `A packet of another source counts for nothing`() throws {
        var state = ReceptionState(Self.facts, clockRate: 1000)
        let other = try #require(RTPHeader([0x80, 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6]))
        let isCounted = state.note(other, at: 0)
        let block = state.block(at: 0)
        #expect(!isCounted && state.received == 0 && block == nil)
    }

    /// RFC 3550 A.8: J += (|D| - J) / 16, with D in ticks of 1 ms.
    @Test func `Jitter follows the RFC`() throws {
        var state = ReceptionState(Self.facts, clockRate: 1000)
        var expected = 0.0
        var last = 0
        for (index, delay) in [10, 42, 10, 90, 11].enumerated() {
            let sent = index * 20
            let packet = try #require(header(65530 + index, timestamp: UInt32(100 + sent)))
            _ = state.note(packet, at: Int64(sent + delay) * 1_000_000)
            if index > 0 { expected += (Double(abs(delay - last)) - expected) / 16 }
            last = delay
        }
        let block = state.block(at: 0)
        #expect(block?.jitter == UInt32(expected))
    }

    @Test func `The delay since the last sender report is told`() throws {
        var state = ReceptionState(Self.facts, clockRate: 1000)
        let packet = try #require(header(65530))
        _ = state.note(packet, at: 0)
        state.note(
            RTCP.SenderReport(ssrc: 5, ntp: 0x1111_2222_3333_4444, timestamp: 0, packets: 0, octets: 0),
            at: 1_000_000_000)
        let reported = state.block(at: 1_500_000_000)
        let block = try #require(reported)
        #expect(block.lastReport == 0x2222_3333 && block.sinceLastReport == 32768)
    }
}
