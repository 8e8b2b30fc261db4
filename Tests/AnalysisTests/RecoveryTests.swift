import LabModel
import Testing

@testable import Analysis

/// How a stream comes back after an outage: cases worked by hand. A frame each 100 ms, ten frames a key frame, outage
/// from 2000 to 3000 ms.
@Suite struct RecoveryTests {
    static let base = PlayerModelTests.base

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var buffer: Double
        var underrun = PlayerPolicy.Underrun.wait
        /// Of frame `index`, in milliseconds.
        var arrival: @Sendable (Int) -> Int?
        var recovery: Double?
        var firstUnit: Double?
        var firstKey: Double?
        var latency: Double?
    }

    @Test(arguments: [
        // Shown up to 1900 + 220; the stall ends when 200 ms are held again: 3000, 3100, 3200 at 3220.
        Case(
            testDescription: "lost for good, then as before", buffer: 200,
            arrival: { (2000..<3000).contains($0 * 100) ? nil : $0 * 100 + 20 },
            recovery: 220, firstUnit: 20, firstKey: 20, latency: 220),
        // Nothing is missing and all comes at once at 3050: frame 20, due at 2220, is shown then, and all 830 ms later.
        Case(
            testDescription: "held up and then delivered, waiting", buffer: 200,
            arrival: { max($0 * 100 + 20, (1980..<3040).contains($0 * 100) ? 3050 : 0) },
            recovery: 50, firstUnit: 50, firstKey: 50, latency: nil),
        // 1500 ms are held, so that nobody sees the outage.
        Case(
            testDescription: "bridged by the buffer", buffer: 1500,
            arrival: { max($0 * 100 + 20, (1980..<3040).contains($0 * 100) ? 3050 : 0) },
            recovery: 0, firstUnit: 50, firstKey: 50, latency: 20),
        Case(
            testDescription: "never again", buffer: 200, arrival: { $0 < 20 ? $0 * 100 + 20 : nil }),
    ])
    func `measures from the outage's end`(known: Case) {
        let units = (0..<50).map { index in
            let moment = Self.base + .milliseconds(Double(index) * 100)
            let unit = SentUnit(
                stream: .video, index: index, pts: .milliseconds(Double(index) * 100), timestamp: UInt32(index),
                size: ByteCount(100), key: index % 10 == 0, due: moment, firstSent: moment, lastSent: moment)
            let arrival = known.arrival(index).map { Self.base + .milliseconds(Double($0)) }
            return UnitFate(unit: unit, isTouched: arrival != nil, completed: arrival)
        }
        let frames = units.map { PlayerFrame(pts: $0.unit.pts, source: $0.unit.due, arrival: $0.completed) }
        let model = PlayerModel(
            frames, policy: PlayerPolicy(buffer: .milliseconds(known.buffer), underrun: known.underrun))
        let outage = LinkOutage(
            start: Self.base + .seconds(2), end: Self.base + .seconds(3), directions: [.downlink])
        let report = Recovery(model: model, frames: frames, units: units, origin: Self.base).report(outage)
        #expect(report.recovery == known.recovery.map { .milliseconds($0) })
        #expect(report.firstUnit == known.firstUnit.map { .milliseconds($0) })
        #expect(report.firstKeyFrame == known.firstKey.map { .milliseconds($0) })
        #expect(report.latency == known.latency.map { .milliseconds($0) })
    }

    @Test func `outages are what the timeline made of both directions`() {
        let up = Impairment(delay: .milliseconds(20))
        var lossy = up
        lossy.loss = .independent(Probability(clamping: 1))
        var unplugged = up
        unplugged.carrier = .down
        var plan = Plan(slug: "outage", name: "Outage")
        plan.timeline = [
            TimelineChange(at: .seconds(1), impairments: [.downlink: lossy]),
            TimelineChange(at: .seconds(2), impairments: [.downlink: up]),
            TimelineChange(at: .seconds(5), impairments: [.downlink: unplugged, .uplink: unplugged]),
            TimelineChange(at: .seconds(6), impairments: [.downlink: up, .uplink: up]),
            TimelineChange(at: .seconds(8), impairments: [.uplink: lossy]),
        ]
        var run = RunRecord(engine: .virtual, engineReason: "", kernel: "", hostKernel: "", outcome: .completed)
        run.streamStart = Self.base
        run.changes = plan.timeline.map {
            AppliedChange(asked: $0.at, tookEffect: Self.base + $0.at + .milliseconds(1), readbacks: [])
        }
        let at = { (seconds: Double) in Self.base + .seconds(seconds) + .milliseconds(1) }
        #expect(
            LinkOutage.all(plan, run) == [
                LinkOutage(start: at(1), end: at(2), directions: [.downlink]),
                LinkOutage(start: at(5), end: at(6), directions: [.downlink, .uplink]),
            ])
    }
}
