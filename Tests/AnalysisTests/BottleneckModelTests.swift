import LabModel
import Testing

@testable import Analysis

/// What becomes of a queue when its rate changes, worked out by hand.
@Suite struct BottleneckModelTests {
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var link: Impairment
        /// In us since the start; 12112 us are what a frame takes at 1 Mbit/s.
        var departures: [Double]
    }

    private static func link(_ shaper: Shaper, _ queue: QueueDiscipline = .bytes(ByteCount(100_000))) -> Impairment {
        Impairment(rate: Rate(bitsPerSecond: 1_000_000), shaper: shaper, queue: queue)
    }

    /// The bucket holds 13112 us at 1 Mbit/s, and 2211.2 us at 10 Mbit/s, at which a frame takes 1211.2 us.
    static let cases = [
        // The first leaves 1000 us in the bucket, and the change fills it.
        Case(testDescription: "tbf", link: link(.tbf), departures: [1, 5000, 5211.2, 6422.4]),
        // The second is let go with 1000 us in the bucket, and owes 11112 of them at any rate.
        Case(testDescription: "htb", link: link(.htb), departures: [1, 1, 11113, 12324.2]),
        // It waits after each, and for as long as it meant to.
        Case(testDescription: "cake", link: link(.tbf, .cake(Cake())), departures: [1, 12113, 13324.2, 14535.4]),
    ]

    /// From 1 to 10 Mbit/s after 5 ms, with four frames that came at once.
    @Test(arguments: cases) func `a change finds the queue as the kernel keeps it`(known: Case) {
        let change = Self.start + .milliseconds(5)
        var before = LinkPhase(from: Self.start, to: change, asked: known.link)
        before.burst = ByteCount(1639)
        var after = LinkPhase(from: change, to: change + .seconds(1), asked: known.link)
        after.asked.rate = Rate(bitsPerSecond: 10_000_000)
        after.burst = ByteCount(2764)
        var model = BottleneckModel(phases: [before, after])
        var passages: [Passage] = []
        for _ in 0..<4 {
            model.add(PacketFate(sent: Self.start, size: 1514, arrival: Self.start), into: &passages)
        }
        model.finish(into: &passages)
        let departures = passages.map { ($0.departure - Self.start).seconds * 1e6 }
        #expect(departures.count == 4)
        for (measured, expected) in zip(departures, known.departures) { #expect(abs(measured - expected) < 0.01) }
    }
}
