import LabModel
import LinuxKit
import RunStore
import Testing

/// IPv6, fragments and paths of which each direction is different, in virtual time.
@Suite struct NetworkLayerTests {
    private static let lossy = """
        seed: 5
        link:
          downlink: {delay: 20ms, jitter: 5ms, loss: 3%}
          uplink: {delay: 30ms, loss: 2%}
        pipeline:
          media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: {rate: 64kbit}}
        probes:
          - {latency: 20ms}
        """

    private func run(_ place: Workplace, _ scenario: String, _ settings: [String] = []) throws -> RunResult {
        let path = try place.scenario(scenario)
        let arguments = ["run", path, "-q", "--engine", "virtual"] + settings.flatMap { ["--set", $0] }
        let run = try InstalledProgram.shared.run(arguments, in: place.path)
        try #require(run.status == .success, "\(run.outputText)\(run.errorText)")
        return try place.result("test")
    }

    /// The path draws a random number for each packet: one that only IPv6 has would show in all that follow.
    @Test func `IPv6 is IPv4 but for 20 bytes a packet`() throws {
        let four = try run(Workplace(), Self.lossy, ["ip=4"])
        let six = try run(Workplace(), Self.lossy, ["ip=6"])
        #expect((four.run.senderAddress, six.run.senderAddress) == ("10.77.0.1", "fd77::1"))
        for direction in Direction.allCases {
            let (old, new) = (try #require(four.link(direction)), try #require(six.link(direction)))
            #expect(old.sentPackets > 100 && old.sentPackets == new.sentPackets)
            #expect(new.sentBytes.bytes - old.sentBytes.bytes == 20 * old.sentPackets)
            #expect(old.lost > 0 && old.lost == new.lost && old.lossRuns == new.lossRuns)
            let (before, after) = (try #require(old.delay), try #require(new.delay))
            #expect(abs((before.p50 - after.p50).nanoseconds) < 1000)
            #expect(abs((before.maximum - after.maximum).nanoseconds) < 1000)
        }
        for kind in MediaKind.allCases {
            let (old, new) = (try #require(four.rtp(kind)), try #require(six.rtp(kind)))
            #expect(old.packets == new.packets && old.missing == new.missing && old.bytes == new.bytes)
        }
        #expect(four.player?.shown == six.player?.shown)
        #expect(six.validity.filter { !$0.passed }.map(\.finding) == [])
        #expect(six.run.probes.first?.echoes?.compactMap(\.roundTrip).count ?? 0 > 100)
    }

    @Test(arguments: [(4, 1000, 1200), (4, 576, 1200), (6, 1280, 1400)])
    func `the loss of a fragment is the loss of its datagram`(ip: Int, mtu: Int, packet: Int) throws {
        let place = try Workplace()
        let result = try run(
            place, Self.lossy,
            [
                "ip=\(ip)", "link.mtu=\(mtu)", "pipeline.packet=\(packet)B", "link.downlink.loss=5%",
                "pipeline.media.video.rate=2mbit",
            ])
        #expect(result.validity.filter { !$0.passed }.map(\.finding) == [])
        let proof = try #require(result.proofs.first { $0.property == .mtu && $0.direction == .downlink })
        #expect(proof.judgement == .confirmed && proof.asked == Double(mtu) && proof.applied == Double(mtu))
        let (sent, received) = (try #require(result.sent), try #require(result.received))
        #expect(sent.incompleteDatagrams == nil)
        let incomplete = try #require(received.incompleteDatagrams)
        let video = try #require(result.rtp(.video))
        #expect(try #require(result.link(.downlink)).lost > incomplete / 2)
        // All fragments of a datagram may be lost; that some are is the usual case.
        #expect(video.missing >= incomplete * 8 / 10 && incomplete > 20)
        let theirs = try Shell.run(
            """
            tshark -r \(place.latest("test").file(RunFolder.receiverCapture)) -d udp.port==5004,rtp \\
                -Y 'rtp && udp.dstport == 5004' -T fields -e rtp.seq 2>/dev/null | sort -u | wc -l
            """)
        #expect(theirs.outputText.split(separator: "\n").first.flatMap { Int64($0) } == video.packets)
    }

    @Test func `each direction keeps its own rate, delay, jitter, loss and queue at the same time`() throws {
        let place = try Workplace()
        let result = try run(
            place,
            """
            seed: 9
            link:
              downlink: {rate: 3mbit, delay: 10ms, loss: 1%, queue: 50ms}
              uplink: {rate: 400kbit, delay: 80ms, jitter: 5ms, loss: 4%, queue: 300ms}
            pipeline:
              media: {video: {size: 320x180, fps: 25, rate: 2500kbit, gop: 1s}, audio: {rate: 64kbit}}
            probes:
              - {throughput: tcp, before: 2s}
              - {latency: 2ms}
            """)
        #expect(result.validity.filter { !$0.passed }.map(\.finding) == [])
        for (direction, delay, loss) in [(Direction.downlink, 0.01, 0.01), (.uplink, 0.08, 0.04)] {
            let proofs = result.proofs.filter { $0.direction == direction }
            let found = Dictionary(grouping: proofs, by: \.property)
            #expect(found[.delay]?.first?.asked == delay && found[.loss]?.first?.asked == loss)
            for property in [LinkProof.Property.delay, .loss, .order] {
                #expect(found[property]?.map(\.judgement) == [.confirmed], "\(direction) \(property)")
            }
        }
    }
}
