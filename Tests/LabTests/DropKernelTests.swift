import LabModel
import LinuxKit
import Testing

@testable import Lab

/// Packets that lists drop. Needs root in a kernel with everything, and time that nothing disturbs.
@Suite(.serialized) struct DropKernelTests {
    private static let seed: UInt64 = 7
    private static let media = PacketMatch([PacketMatch.Term(.udp, ports: [5004])])

    /// RTP of both streams by turns, from their first packets on.
    private static func media(_ count: Int) -> [Datagrams.One] {
        (0..<count).map { number in
            let kind = MediaKind.allCases[number % 2]
            let identity = StreamIdentity.of(kind, seed: seed)
            return Datagrams.One(
                port: kind == .video ? 5004 : 5006,
                payload: .rtp(sequence: identity.sequence(at: number / 2 + 1), ssrc: identity.ssrc),
                isVersion6: number >= count / 2)
        }
    }

    private static func missing(_ came: [Datagrams.Arrival], of count: Int) -> [Int] {
        Set(0..<count).subtracting(came.map(\.number)).sorted()
    }

    private static func filter(_ lab: Lab, _ role: FilterState.Role) throws -> FilterState? {
        try lab.readback()[0].filters?.first { $0.role == role }
    }

    @Test func theListedPlacesAloneAreLost() throws {
        let drop = DropList(places: [.video: [1, 3, 60], .audio: [2]])
        try withLab(Plan(downlink: Impairment(delay: .milliseconds(20), drop: drop), seed: Self.seed)) { lab in
            let came = try Datagrams(ones: Self.media(200)).run(through: lab)
            #expect(Self.missing(came, of: 200) == [0, 3, 4, 118])
            #expect(came.allSatisfy { $0.delay > .milliseconds(19.9) && $0.delay < .milliseconds(21) })
            #expect(try Self.filter(lab, .video)?.drops == 3)
            #expect(try Self.filter(lab, .audio)?.drops == 1)
        }
    }

    @Test func asManyPlacesAsThereMayBe() throws {
        let places = Array(stride(from: 1, through: 2 * DropList.longest, by: 2))
        let drop = DropList(places: [.video: places])
        try withLab(Plan(downlink: Impairment(drop: drop), seed: Self.seed)) { lab in
            #expect(try lab.readback()[0].applied.drop == drop)
            let came = try Datagrams(ones: Self.media(1000)).run(through: lab)
            #expect(Self.missing(came, of: 1000) == places.map { 2 * ($0 - 1) })
        }
    }

    @Test(arguments: [1, 2, 7, 65535]) func eachOfItsNumberIsLost(_ count: Int) throws {
        let link = Impairment(drop: DropList(every: DropList.Nth(count)))
        try withLab(Plan(downlink: link, seed: Self.seed)) { lab in
            let came = try Datagrams(ones: Self.media(100)).run(through: lab)
            #expect(Self.missing(came, of: 100) == (0..<100).filter { ($0 + 1) % count == 0 })
            let filter = try #require(try Self.filter(lab, .every))
            #expect((filter.packets, filter.drops) == (100, Int64(100 / count)))
        }
    }

    @Test func onlyWhatIsMatchedIsCounted() throws {
        let link = Impairment(drop: DropList(places: [.video: [1]], every: DropList.Nth(5, of: Self.media)))
        try withLab(Plan(downlink: link, seed: Self.seed)) { lab in
            let came = try Datagrams(ones: Self.media(40)).run(through: lab)
            // Of the video's 20 packets the first is gone before anything is counted.
            #expect(Self.missing(came, of: 40) == [0, 10, 20, 30])
        }
    }

    /// A list that stays counts on, one that changes begins anew, and one that goes drops nothing.
    @Test func aTimelineChangesLists() throws {
        let first = Impairment(drop: DropList(every: DropList.Nth(30)))
        var slower = first
        slower.delay = .milliseconds(5)
        let none = Impairment(delay: .milliseconds(5))
        let plan = Plan(
            downlink: first, seed: Self.seed,
            timeline: [
                TimelineChange(at: .seconds(1), impairments: [.downlink: slower]),
                TimelineChange(at: .seconds(2), impairments: [.downlink: none]),
                TimelineChange(at: .seconds(3), impairments: [.downlink: first]),
            ])
        try withLab(plan) { lab in
            var missing: [[Int]] = []
            for change in [nil] + plan.timeline.map(Optional.some) {
                if let change {
                    let applied = try lab.apply(change)
                    #expect(applied.readbacks[0].applied.drop == change.impairments[.downlink]?.drop)
                }
                missing.append(Self.missing(try Datagrams(ones: Self.media(40)).run(through: lab), of: 40))
            }
            #expect(missing == [[29], [19], [], [29]])
        }
    }

    @Test func aTimelineChangesWhatIsDoneToTheMatched() throws {
        let match = PacketMatch([PacketMatch.Term(content: .rtcp)])
        let reports = (0..<40).map { Datagrams.One(port: 5004, payload: $0 % 2 == 0 ? .rtcp : .rtp()) }
        let lossy = Impairment(loss: .independent(Probability(clamping: 1)), match: match)
        let plan = Plan(
            downlink: Impairment(match: match),
            timeline: [TimelineChange(at: .seconds(1), impairments: [.downlink: lossy])])
        try withLab(plan) { lab in
            #expect(try Datagrams(ones: reports).run(through: lab).count == 40)
            _ = try lab.apply(plan.timeline[0])
            #expect(
                try Datagrams(ones: reports).run(through: lab).map(\.number) == Array(stride(from: 1, to: 40, by: 2)))
            #expect(try Self.filter(lab, .match)?.packets == 40)
        }
    }

    @Test func aMatchThatChangesIsRefused() throws {
        try withLab(Plan(downlink: Impairment(match: Self.media))) { lab in
            let change = TimelineChange(at: .seconds(1), impairments: [.downlink: .clean])
            #expect(throws: LabError.self) { try lab.apply(change) }
        }
    }

    /// `tc` sees what netlab says it sees.
    @Test func tcSeesTheSameFilters() throws {
        let drop = DropList(places: [.video: [5]], every: DropList.Nth(10))
        let namespace = try NetworkNamespace.make()
        let lab = try namespace.inside {
            try Lab.build(plan: Plan(downlink: Impairment(match: Self.media, drop: drop), seed: Self.seed))
        }
        _ = try Datagrams(ones: Self.media(100)).run(through: lab)
        let ours = try #require(try lab.readback()[0].filters)
        var command = Command("tc", ["-s", "filter", "show", "dev", "port-r", "parent", "4:"])
        command.namespace = namespace
        let text = try ChildProcess.run(command).outputText
        #expect(ours.map(\.role) == [.video, .every, .match])
        let actions = text.split(separator: "action order").dropFirst()
        try #require(actions.count == ours.count, "\(text)")
        for (action, filter) in zip(actions, ours) {
            #expect(
                action.contains("Sent") && action.contains(" \(filter.packets) pkt (dropped \(filter.drops),"),
                "\(action)")
        }
        #expect(text.contains("random type determ drop val 10"))
        #expect(text.contains("flowid 4:1") || text.contains("classid 4:1"))
        let bytecode = ours[2].command.split(separator: "'")[1]
        #expect(text.contains(bytecode), "\(text)")
    }
}
