import LabModel
import LinuxKit
import Testing

@testable import Lab

/// A link that changes a hundred times a second. Needs root in a kernel with everything, and time that nothing disturbs.
@Suite(.serialized) struct TraceKernelTests {
    /// What docs/TRACES.md says; with 7.5 frames in a window, one more or less is 13 %.
    @Test func `htb follows a trace of 10 ms in every window of 100 ms`() throws {
        let followed = try FollowedTrace(with: .htb)
        print("htb:", followed.description)
        #expect(abs(followed.share - 1) < 0.015, "\(followed.description)")
        #expect(followed.error(0.5) < 1)
        #expect(followed.error(0.95) < 3)
        #expect(followed.error(1) < 5)
        // What it lacks is as the model says: each frame takes as long as it takes at the rate at which it began.
        #expect(abs(followed.busy - 1) < 0.002, "\(followed.description)")
        #expect(followed.slip(0.95) < 0.001, "\(followed.description)")
    }

    /// Why a trace is not followed with tbf: each change fills its bucket.
    @Test func `tbf lets more pass than a trace says`() throws {
        let followed = try FollowedTrace(with: .tbf)
        print("tbf:", followed.description)
        #expect(followed.share > 1.1)
    }

    /// There and back in steps of 10 ms, with a queue that is never empty and never full.
    @Test func `many changes lose nothing and keep the order`() throws {
        @Sendable func link(_ share: Double) -> Impairment {
            Impairment(
                rate: Rate(bitsPerSecond: Int64(10e6 - 8.5e6 * share)), shaper: .htb, queue: .time(.seconds(4)),
                delay: .milliseconds(20 + 60 * share))
        }
        try withLab(Plan(downlink: link(0))) { lab in
            let flow = Flow(count: 2000, spacing: .milliseconds(1), frame: 400) { sequence in
                guard sequence % 10 == 0 else { return }
                let share = 1 - abs(Double(sequence) / 1000 - 1)
                let change = TimelineChange(
                    at: .milliseconds(Double(sequence)), impairments: [.downlink: link(share)],
                    stepOf: [.downlink: .ramp])
                _ = try lab.apply(change)
            }
            let arrivals = try flow.run(through: lab, quiet: .seconds(4))
            #expect(Set(0..<2000).subtracting(arrivals.map(\.sequence)) == [])
            #expect(arrivals.reordered == 0)
        }
    }
}
