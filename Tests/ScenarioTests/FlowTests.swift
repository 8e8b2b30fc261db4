import LabModel
import Testing

@testable import Scenario

@Suite("Packets told apart")
struct FlowTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let match: PacketMatch
        var testDescription: String { text }

        init(_ text: String, _ terms: PacketMatch.Term...) {
            self.text = text
            match = PacketMatch(terms)
        }
    }

    static let cases = [
        Case("{udp: 5004}", PacketMatch.Term(.udp, ports: [5004])),
        Case("{tcp: [80, 443]}", PacketMatch.Term(.tcp, ports: [80, 443])),
        Case("{port: 65535}", PacketMatch.Term(ports: [65535])), Case("{protocol: tcp}", PacketMatch.Term(.tcp)),
        Case("{protocol: udp, port: 1}", PacketMatch.Term(.udp, ports: [1])),
        Case("{host: 10.77.0.2}", PacketMatch.Term(host: IPAddress("10.77.0.2"))),
        Case(
            "{source: fd77::1, destination: fd77::2}",
            PacketMatch.Term(source: IPAddress("fd77::1"), destination: IPAddress("fd77::2"))),
        Case("{rtp: true}", PacketMatch.Term(content: .rtp)), Case("{rtp: video}", PacketMatch.Term(content: .video)),
        Case("{udp: 5004, rtcp: true}", PacketMatch.Term(.udp, ports: [5004], content: .rtcp)),
        Case("{udp: 9000, srt: control}", PacketMatch.Term(.udp, ports: [9000], content: .srtControl)),
        Case("{port: 9000, srt: data}", PacketMatch.Term(ports: [9000], content: .srtData)),
        Case(
            "[{rtcp: true}, {tcp: 80}]", PacketMatch.Term(content: .rtcp), PacketMatch.Term(.tcp, ports: [80])),
    ]

    @Test("are described", arguments: cases)
    func matches(_ example: Case) throws {
        let outcome = load("link: {downlink: {delay: 20ms, match: \(example.text)}}")
        let plan = try #require(outcome.plan, "\(outcome.mistakes)")
        #expect(plan.impairment(of: .downlink).match == example.match)
        #expect(plan.impairment(of: .uplink).match == nil)
    }

    private func drop(_ text: String) throws -> DropList? {
        let outcome = load("link: {downlink: {\(text)}}")
        return try #require(outcome.plan, "\(outcome.mistakes)").impairment(of: .downlink).drop
    }

    @Test("are listed by their places")
    func places() throws {
        #expect(try drop("drop: {rtp: [101, 100]}") == DropList(places: [.video: [100, 101]]))
        #expect(try drop("drop: {video: [1], audio: [65536]}") == DropList(places: [.video: [1], .audio: [65536]]))
        #expect(try drop("drop: none") == nil)
    }

    @Test("are counted", arguments: [("1000th", 1000), ("1st", 1), ("22nd", 22), ("3rd", 3), ("65535", 65535)])
    func every(_ text: String, _ count: Int) throws {
        #expect(try drop("drop: {every: \(text)}") == DropList(every: DropList.Nth(count)))
    }

    @Test("are counted where they are matched")
    func counted() throws {
        let media = PacketMatch([PacketMatch.Term(.udp, ports: [5004])])
        let reports = PacketMatch([PacketMatch.Term(content: .rtcp)])
        #expect(try drop("match: {udp: 5004}, drop: {every: 10th}")?.every?.match == media)
        #expect(try drop("match: {udp: 5004}, drop: {every: 10th, match: {rtcp: true}}")?.every?.match == reports)
    }

    @Test("stay told apart over time, and lists change")
    func timeline() throws {
        let outcome = load(
            """
            link: {downlink: {match: {rtcp: true}, drop: {rtp: [7]}}}
            timeline:
              - {at: 1s, downlink: {loss: 100%}}
              - {at: 2s, downlink: {drop: {every: 2nd}, match: {rtcp: true}}}
              - {at: 3s, downlink: {drop: none}}
            """)
        let plan = try #require(outcome.plan, "\(outcome.mistakes)")
        let reports = PacketMatch([PacketMatch.Term(content: .rtcp)])
        #expect(plan.impairments(of: .downlink).map(\.match) == Array(repeating: reports, count: 4))
        #expect(
            plan.impairments(of: .downlink).map(\.drop) == [
                DropList(places: [.video: [7]]), DropList(places: [.video: [7]]),
                DropList(every: DropList.Nth(2, of: reports)), nil,
            ])
    }

    @Test("are in the outline")
    func outline() throws {
        let loaded = load("link: {downlink: {match: {udp: 5004}, drop: {rtp: [7]}}}")
        let plan = try #require(loaded.plan)
        let lines = PlanOutline(plan, given: []).lines.filter { $0.setting.hasPrefix("link.downlink") }
        #expect(
            lines.suffix(2).map { "\($0.setting) = \($0.value) (\($0.note ?? ""))" } == [
                "link.downlink.match = udp 5004 (all other packets pass the path at once, with neither delay nor loss)",
                "link.downlink.drop = video 7 ()",
            ])
        #expect(!PlanOutline(plan, given: []).lines.contains { $0.setting == "link.uplink.match" })
    }
}
