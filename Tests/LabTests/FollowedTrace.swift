import LabModel
import LinuxKit

@testable import Lab

/// How a shaper follows a rate that changes every 10 ms, while more is offered than it lets pass, in windows of 100 ms.
struct FollowedTrace {
    struct Window {
        /// Bits that the rates let pass, and that came.
        var asked: Double
        var passed = 0.0
        /// Seconds that what came takes, each frame at the rate that held when it left.
        var taken = 0.0
    }

    static let step = TimeSpan.milliseconds(10)
    static let window = TimeSpan.milliseconds(100)
    static let frameBits = 1514.0 * 8
    private static let delay = TimeSpan.milliseconds(5)
    private static let seconds = 10.0

    /// From 1 to 22 Mbit/s, jumping by up to a factor of four from one to the next.
    static let rates: [Double] = {
        var state: UInt64 = 5
        return (0..<Int(seconds / step.seconds)).map { index in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let slow = 6e6 + 5e6 * (Double((index / 100) % 5) - 2) / 2.5
            return slow * (0.75 + Double(state >> 40) / Double(1 << 24) * 2.25) / 1.5
        }
    }()

    let windows: [Window]

    init(with shaper: Shaper) throws {
        let changes = Condition<[Int64]>([])
        let arrivals = try withLab(Plan(downlink: Self.link(0, shaper))) { lab in
            var flow = Flow(rate: Rate(bitsPerSecond: 30_000_000), for: .seconds(Self.seconds))
            let spacing = flow.spacing.seconds
            flow.before = { sequence in
                let next = changes.look(\.count) + 1
                guard next < Self.rates.count, Double(sequence) * spacing >= Double(next) * Self.step.seconds else {
                    return
                }
                let applied = try lab.apply(
                    TimelineChange(
                        at: .seconds(Double(next) * Self.step.seconds),
                        impairments: [.downlink: Self.link(next, shaper)], stepOf: [.downlink: .trace]))
                changes.change { $0.append(applied.tookEffect.nanoseconds) }
            }
            return try flow.run(through: lab)
        }
        windows = Self.windows(arrivals.map { $0.arrived - Self.delay.nanoseconds }, changes: changes.look { $0 })
    }

    private static func link(_ step: Int, _ shaper: Shaper) -> Impairment {
        Impairment(
            rate: Rate(bitsPerSecond: Int64(rates[step])), shaper: shaper, queue: .bytes(ByteCount(60_000)),
            delay: delay)
    }

    /// - Parameters:
    ///   - departures: when each frame left the bottleneck, in ns.
    ///   - changes: when each step but the first took effect.
    private static func windows(_ departures: [Int64], changes: [Int64]) -> [Window] {
        let steps = Int(window.seconds / step.seconds)
        var windows = stride(from: 0, to: rates.count, by: steps).map { first in
            Window(asked: rates[first..<first + steps].reduce(0, +) * step.seconds)
        }
        guard let start = departures.first else { return windows }
        var current = 0
        for departure in departures {
            while current < changes.count, changes[current] <= departure { current += 1 }
            var index = Int((departure - start) / window.nanoseconds)
            guard index < windows.count else { break }
            windows[index].passed += frameBits
            var moment = Double(departure - start) / 1e9
            let end = moment + frameBits / rates[current]
            while moment < end, index < windows.count {
                let next = min(end, Double(index + 1) * window.seconds)
                windows[index].taken += next - moment
                (moment, index) = (next, index + 1)
            }
        }
        return windows
    }

    /// Of all windows together.
    var share: Double { windows.reduce(0) { $0 + $1.passed } / windows.reduce(0) { $0 + $1.asked } }

    /// Of the time, what all windows together took.
    var busy: Double { windows.reduce(0) { $0 + $1.taken } / (Double(windows.count) * Self.window.seconds) }

    /// What a window lacked or had too much, in frames: what a share `rank` of the windows do not exceed.
    func error(_ rank: Double) -> Double {
        quantile(rank) { abs($0.passed - $0.asked) / Self.frameBits }
    }

    /// How much longer or shorter than it is the frames of a window took.
    func slip(_ rank: Double) -> Double { quantile(rank) { abs($0.taken - Self.window.seconds) } }

    private func quantile(_ rank: Double, _ figure: (Window) -> Double) -> Double {
        let sorted = windows.map(figure).sorted()
        return sorted[max(0, Int((rank * Double(sorted.count)).rounded(.up)) - 1)]
    }

    var description: String {
        func percent(_ value: Double) -> String { "\((value * 100_000).rounded() / 1000) %" }
        func frames(_ rank: Double) -> String { "\((error(rank) * 100).rounded() / 100)" }
        return "\(percent(share)) passed, busy \(percent(busy)); windows off by \(frames(0.5)), \(frames(0.95)), "
            + "\(frames(1)) frames (50, 95, 100 %), by time \(slip(0.5) * 1000), \(slip(0.95) * 1000), \(slip(1) * 1000) ms"
    }
}
