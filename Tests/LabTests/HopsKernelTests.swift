import LabModel
import LinuxKit
import Testing

@testable import Lab

/// Several hops with routers between them. Needs root in a kernel with everything.
@Suite(.serialized) struct HopsKernelTests {
    private static func plan(_ ip: IPVersion, _ hops: [Impairment]) -> Plan {
        var plan = Plan(downlink: hops[0], uplink: Impairment(delay: .milliseconds(1)), ip: ip)
        plan.furtherHops = hops.dropFirst().map { [.downlink: $0, .uplink: Impairment(delay: .milliseconds(1))] }
        return plan
    }

    /// What passed the path of each direction of each hop.
    private static func packets(_ lab: Lab) throws -> [Int64] {
        try lab.readback().compactMap(\.qdiscs.last?.counters.packets)
    }

    /// Long enough for what a router says of itself: it reports the groups that it joins, and may redirect.
    @Test(arguments: IPVersion.allCases) func routersSayNothingOfTheirOwnAccord(_ ip: IPVersion) throws {
        try withLab(Self.plan(ip, [.clean, .clean, .clean])) { lab in
            Clock.sleep(for: 12_000_000_000)
            #expect(try Self.packets(lab) == [0, 0, 0, 0, 0, 0])
            _ = try Flow(count: 50, spacing: .milliseconds(1)).run(through: lab)
            #expect(try Self.packets(lab) == [50, 0, 50, 0, 50, 0])
            _ = try Flow(count: 20, spacing: .milliseconds(1), direction: .uplink).run(through: lab)
            #expect(try Self.packets(lab) == [50, 20, 50, 20, 50, 20])
        }
    }

    @Test(arguments: IPVersion.allCases) func delaysAddUp(_ ip: IPVersion) throws {
        let hops = [5.0, 20, 10].map { Impairment(delay: .milliseconds($0)) }
        try withLab(Self.plan(ip, hops)) { lab in
            let down = try Flow(count: 50, spacing: .milliseconds(2)).run(through: lab)
            #expect(down.count == 50 && down.allSatisfy { abs($0.delay.milliseconds - 35) < 0.1 })
            let up = try Flow(count: 50, spacing: .milliseconds(2), direction: .uplink).run(through: lab)
            #expect(up.count == 50 && up.allSatisfy { abs($0.delay.milliseconds - 3) < 0.1 })
        }
    }

    @Test func eachHopHasABottleneckOfItsOwn() throws {
        let rates: [Int64] = [4_000_000, 8_000_000, 2_000_000]
        let hops = rates.map { Impairment(rate: Rate(bitsPerSecond: $0), queue: .packets(1000)) }
        try withLab(Self.plan(.v4, hops)) { lab in
            for (hop, rate) in zip(lab.hops, rates) {
                let offered = Rate(bitsPerSecond: rate * 13 / 10)
                let arrivals = try Flow(rate: offered, for: .seconds(4)).run(from: hop.sender, to: hop.receiver)
                let steady = Array(arrivals.dropFirst(arrivals.count / 3))
                #expect(abs(steady.rate(frame: 1514) / Double(rate) - 1) < 0.002, "\(rate)")
            }
            // The narrowest is what the whole way has.
            let all = try Flow(rate: Rate(bitsPerSecond: 3_000_000), for: .seconds(4)).run(through: lab)
            #expect(abs(Array(all.dropFirst(all.count / 3)).rate(frame: 1514) / 2_000_000 - 1) < 0.002)
            // The wait was in front of the first hop that is too narrow, and there alone.
            let queues = try lab.sampleQueues().filter { $0.direction == .downlink }
            #expect(queues.map(\.hop) == [1, 2, 3])
        }
    }

    @Test func eachHopDrawsItsOwnLosses() throws {
        let lossy = Impairment(loss: .independent(Probability(clamping: 0.2)))
        try withLab(Self.plan(.v4, [lossy, lossy])) { lab in
            let runs = try lab.hops.map { hop in
                var flow = Flow(count: 500, spacing: .milliseconds(1))
                flow.expected = 500
                return try flow.run(from: hop.sender, to: hop.receiver).map(\.sequence)
            }
            #expect(runs[0] != runs[1] && runs.allSatisfy { (350...450).contains($0.count) })
            #expect(try lab.readback().allSatisfy(\.seeded))
        }
    }
}
