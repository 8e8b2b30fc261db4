import LabModel
import LinuxKit
import Testing

@testable import Lab

/// Packets told apart by the kernel. Needs root in a kernel with everything, and time that nothing disturbs.
@Suite(.serialized) struct FlowKernelTests {
    private static let seed: UInt64 = 7
    private static let all = LossModel.independent(Probability(clamping: 1))

    /// One of each kind, over IPv4 and then over IPv6.
    static let kinds: [(name: String, one: Datagrams.One)] = [
        ("other", Datagrams.One(port: 7000)), ("empty", Datagrams.One(port: 5004)),
        ("rtp", Datagrams.One(port: 5004, payload: .rtp())), ("rtcp", Datagrams.One(port: 5004, payload: .rtcp)),
        (
            "video",
            Datagrams.One(port: 5004, payload: .rtp(ssrc: StreamIdentity.of(.video, seed: seed).ssrc))
        ),
        (
            "audio",
            Datagrams.One(port: 5006, payload: .rtp(type: 97, ssrc: StreamIdentity.of(.audio, seed: seed).ssrc))
        ),
        ("srt data", Datagrams.One(port: 9000, payload: [0, 0, 0, 1, 0xc0, 0, 0, 0])),
        ("srt control", Datagrams.One(port: 9000, payload: [0x80, 2, 0, 0, 0, 0, 0, 1])),
    ]

    struct Case: CustomTestStringConvertible, Sendable {
        let match: PacketMatch
        /// The kinds that are matched.
        let names: Set<String>
        var testDescription: String { match.text }

        init(_ terms: PacketMatch.Term..., names: Set<String>) {
            match = PacketMatch(terms)
            self.names = names
        }
    }

    static let cases = [
        Case(PacketMatch.Term(.udp, ports: [5004]), names: ["empty", "rtp", "rtcp", "video"]),
        Case(PacketMatch.Term(ports: [1, 5006, 7000]), names: ["other", "audio"]),
        Case(PacketMatch.Term(.tcp, ports: [5004]), names: []), Case(PacketMatch.Term(.tcp), names: []),
        Case(PacketMatch.Term(.udp), names: Set(kinds.map(\.name))),
        Case(PacketMatch.Term(ports: [5004], content: .rtcp), names: ["rtcp"]),
        Case(PacketMatch.Term(content: .rtcp), names: ["rtcp"]),
        // A control packet of SRT begins as one of RTP does.
        Case(PacketMatch.Term(content: .rtp), names: ["rtp", "video", "audio", "srt control"]),
        Case(PacketMatch.Term(content: .video), names: ["video"]),
        Case(PacketMatch.Term(content: .audio), names: ["audio"]),
        Case(PacketMatch.Term(ports: [9000], content: .srtControl), names: ["srt control"]),
        Case(PacketMatch.Term(ports: [9000], content: .srtData), names: ["srt data"]),
        Case(
            PacketMatch.Term(content: .rtcp), PacketMatch.Term(.udp, ports: [7000]),
            PacketMatch.Term(.udp, ports: [9000], content: .srtData), names: ["rtcp", "other", "srt data"]),
    ]

    /// What is matched is lost and nothing else, over both families; and the path's delay is for nothing else.
    @Test(arguments: cases) func theMatchedAloneAreLost(_ testCase: Case) throws {
        let link = Impairment(delay: .milliseconds(50), loss: Self.all, match: testCase.match)
        let lost = try lost(link) { #expect($0.delay < .milliseconds(1)) }
        #expect(lost == Self.names(testCase.names))
    }

    @Test(arguments: cases) func theMatchedAloneAreLate(_ testCase: Case) throws {
        let link = Impairment(delay: .milliseconds(50), match: testCase.match)
        let late = Self.names(testCase.names)
        let lost = try lost(link) { arrival in
            let isLate = arrival.delay > .milliseconds(49.9) && arrival.delay < .milliseconds(51)
            #expect(isLate == late.contains(Self.name(arrival.number)))
            #expect(isLate || arrival.delay < .milliseconds(1))
        }
        #expect(lost == [])
    }

    @Test(
        arguments: [
            ("10.77.0.2", false), ("10.77.0.1", false), ("fd77::2", true), ("fd77::1", true), ("10.77.0.3", nil),
            ("fd77::3", nil),
        ] as [(String, Bool?)]) func aHostIsOfOneFamily(_ address: String, _ isVersion6: Bool?) throws
    {
        let host = try #require(IPAddress(address))
        let matched = Self.names(Set(Self.kinds.map(\.name))).filter { $0.hasSuffix("6") == isVersion6 }
        let either = Impairment(loss: Self.all, match: PacketMatch([PacketMatch.Term(host: host)]))
        #expect(try lost(either) == matched)
        let isSender = address.hasSuffix("1")
        let source = Impairment(loss: Self.all, match: PacketMatch([PacketMatch.Term(source: host)]))
        #expect(try lost(source) == (isSender ? matched : []))
        let destination = Impairment(loss: Self.all, match: PacketMatch([PacketMatch.Term(destination: host)]))
        #expect(try lost(destination) == (isSender ? [] : matched))
    }

    private static func name(_ number: Int) -> String {
        kinds[number % kinds.count].name + (number < kinds.count ? "" : " over IPv6")
    }

    private static func names(_ kinds: Set<String>) -> Set<String> {
        Set((0..<2 * Self.kinds.count).map(name).filter { kinds.contains($0.replacing(" over IPv6", with: "")) })
    }

    /// The names of those that do not come; `body` sees those that do.
    private func lost(_ link: Impairment, _ body: (Datagrams.Arrival) -> Void = { _ in }) throws -> Set<String> {
        let ones = Self.kinds.map(\.one)
        let both = ones + ones.map { Datagrams.One(port: $0.port, payload: $0.payload, isVersion6: true) }
        return try withLab(Plan(downlink: link, seed: Self.seed)) { lab in
            let came = try Datagrams(ones: both).run(through: lab)
            came.forEach(body)
            return Set(both.indices.map(Self.name)).subtracting(came.map { Self.name($0.number) })
        }
    }
}
