import LabModel
import Testing

@testable import Analysis

/// The units of a sender of the user's own, found where its muxer put them.
@Suite struct ExpectedUnitTests {
    private static let facts = StreamFacts(
        stream: .audio, codec: "aac", clockRate: 90_000, firstTimestamp: 126_000, marked: true, extradata: "")
    /// Three of 1024 samples at 48 kHz, 1920 ticks apart, the last two alike.
    private static let units = (0..<3).map { index in
        ExpectedUnit(
            stream: .audio, index: index, pts: .seconds(Double(index) * 1024 / 48_000), size: ByteCount(100), key: true,
            content: [1, 2, 2][index])
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Ticks after the first timestamp, and contents.
        let arrivals: [(Int64, UInt32)]
        let found: [Int64]
        let whole: [Bool]
    }

    @Test(arguments: [
        Case(
            testDescription: "as the media has them", arrivals: [(0, 1), (1920, 2), (3840, 2)], found: [0, 1920, 3840],
            whole: [true, true, true]),
        Case(
            testDescription: "rounded down", arrivals: [(0, 1), (1919, 2), (3839, 2)], found: [0, 1919, 3839],
            whole: [true, true, true]),
        Case(
            testDescription: "before the first, by less than half a unit", arrivals: [(-700, 1), (1200, 2)],
            found: [-700, 1200, 3840], whole: [true, true, false]),
        Case(
            testDescription: "half a unit away and more", arrivals: [(960, 1), (2880, 2)], found: [0, 1920, 3840],
            whole: [false, false, false]),
        Case(
            testDescription: "damaged, with another unit's content far off", arrivals: [(1, 9), (3840, 1)],
            found: [1, 1920, 3840], whole: [false, false, false]),
        Case(
            testDescription: "twice, once damaged and nearer", arrivals: [(0, 9), (3, 1)], found: [3, 1920, 3840],
            whole: [true, false, false]),
        Case(testDescription: "none", arrivals: [], found: [0, 1920, 3840], whole: [false, false, false]),
    ])
    func `A unit has the timestamp of what came nearest`(_ test: Case) {
        let received = test.arrivals.enumerated().map { index, arrival in
            ReceivedUnit(
                stream: .audio, index: index, timestamp: UInt32(126_000 + arrival.0), key: true, content: arrival.1,
                offset: 0, size: ByteCount(100), time: Timestamp(nanoseconds: 1))
        }
        let start = Timestamp(nanoseconds: 1_000_000_000)
        let sent = SentUnit.expected(Self.units, of: Self.facts, received: received, start: start)
        #expect(sent.map { Self.facts.ticks(of: $0.timestamp) } == test.found)
        #expect(UnitFate.fates(of: sent, received: received).map { $0.completed != nil } == test.whole)
        #expect(sent.map { $0.due - start } == Self.units.map(\.pts))
    }
}
