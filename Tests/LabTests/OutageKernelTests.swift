import LabModel
import LinuxKit
import Testing

@testable import Lab

/// A link through which nothing passes for a time. Needs root in a kernel with everything, and time that nothing disturbs.
@Suite(.serialized) struct OutageKernelTests {
    /// Half of what comes has to wait: 500 packets are queued when the outage begins, and it takes 100 of them.
    @Test func `a silent outage takes what leaves the queue meanwhile, and nothing else`() throws {
        let open = Impairment(rate: Rate(bitsPerSecond: 800_000), queue: .time(.seconds(5)), delay: .milliseconds(5))
        var silent = open
        silent.loss = .independent(Probability(clamping: 1))
        let timeline = [(1000, silent), (1200, open)].map { moment, link in
            TimelineChange(at: .milliseconds(Double(moment)), impairments: [.downlink: link])
        }
        try withLab(Plan(downlink: open, timeline: timeline)) { lab in
            let flow = Flow(count: 1400, spacing: .milliseconds(1)) { sequence in
                guard let change = timeline.first(where: { $0.at == .milliseconds(Double(sequence)) }) else { return }
                _ = try lab.apply(change)
            }
            let arrivals = try flow.run(through: lab, quiet: .seconds(4))
            let lost = Set(0..<1400).subtracting(arrivals.map(\.sequence)).sorted()
            #expect((98...102).contains(lost.count), "\(lost.count) lost")
            #expect(lost == Array((lost.first ?? 0)...(lost.last ?? 0)))
            #expect((495...510).contains(lost.first ?? 0), "\(lost.first ?? 0)")
            #expect(arrivals.reordered == 0)
        }
    }

    @Test func `a link without carrier loses what comes, and carries again at once`() throws {
        let whole = Impairment(rate: Rate(bitsPerSecond: 10_000_000), delay: .milliseconds(20))
        var cut = whole
        cut.carrier = .down
        let timeline = [(500, cut), (1000, whole)].map { moment, link in
            TimelineChange(at: .milliseconds(Double(moment)), impairments: [.downlink: link, .uplink: link])
        }
        try withLab(Plan(downlink: whole, uplink: whole, timeline: timeline)) { lab in
            let carriers = Condition<[Carrier]>([])
            let flow = Flow(count: 2000, spacing: .milliseconds(1)) { sequence in
                guard let change = timeline.first(where: { $0.at == .milliseconds(Double(sequence)) }) else { return }
                let applied = try lab.apply(change)
                carriers.change { $0 += applied.readbacks.map(\.applied.carrier) }
            }
            let came = Set(try flow.run(through: lab).map(\.sequence))
            // What is on the path has passed the gap.
            #expect(came.isSuperset(of: 0..<500))
            #expect(came.isDisjoint(with: 500..<1000))
            #expect(came.isSuperset(of: 1000..<2000), "\(Set(1000..<2000).subtracting(came).count) lost")
            #expect(carriers.look { $0 } == [.down, .down, .up, .up])
            let back = try Flow(count: 100, spacing: .milliseconds(1), direction: .uplink).run(through: lab)
            #expect(back.count == 100)
        }
    }

    /// As the plan says of it.
    @Test func `a link without carrier loses what its queue holds`() throws {
        let narrow = Impairment(rate: Rate(bitsPerSecond: 1_000_000), queue: .time(.seconds(2)))
        var cut = narrow
        cut.carrier = .down
        let down = TimelineChange(at: .milliseconds(500), impairments: [.downlink: cut, .uplink: cut])
        let up = TimelineChange(at: .milliseconds(510), impairments: [.downlink: narrow, .uplink: narrow])
        try withLab(Plan(downlink: narrow, uplink: narrow, timeline: [down, up])) { lab in
            let flow = Flow(count: 510, spacing: .milliseconds(1), frame: 500) { sequence in
                if sequence == 500 { _ = try lab.apply(down) }
                if sequence == 509 { _ = try lab.apply(up) }
            }
            let came = try flow.run(through: lab).map(\.sequence)
            // A quarter of 500 packets at 4 Mbit/s got through 1 Mbit/s before it.
            #expect((100...140).contains(came.count { $0 < 500 }))
        }
    }
}
