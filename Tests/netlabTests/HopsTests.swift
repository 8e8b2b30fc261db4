import LabModel
import LinuxKit
import RunStore
import Testing

/// Several hops, and flows beside the media, in virtual time.
@Suite struct HopsTests {
    private static let media = """
        pipeline:
          media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: {rate: 64kbit}}
        """

    private func run(_ place: Workplace, seconds: Int = 8, _ scenario: String) throws -> RunResult {
        let path = try place.scenario(scenario + "\n" + Self.media)
        let run = try InstalledProgram.shared.run(
            ["run", path, "-q", "--engine", "virtual", "--set", "duration=\(seconds)s"], in: place.path)
        try #require(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.validity.filter { !$0.passed }.map(\.finding) == [])
        return result
    }

    /// A flow over the first hop and one over the third fill a bottleneck each, and none of the second.
    @Test(arguments: [4, 6]) func `each hop is proven by itself`(ip: Int) throws {
        let place = try Workplace()
        let result = try run(
            place,
            """
            seed: 5
            ip: \(ip)
            link:
              hops:
                - {downlink: {rate: 2mbit, delay: 10ms, queue: 60ms}, uplink: {delay: 3ms}}
                - {downlink: {rate: 9mbit, delay: 20ms, loss: 2%}, uplink: {delay: 4ms}}
                - {downlink: {rate: 1500kbit, delay: 5ms, queue: 90ms}, uplink: {delay: 5ms}}
            probes:
              - {latency: 20ms}
              - {throughput: udp, rate: 2500kbit, at: 1s, during: 3s, hop: 1}
              - {throughput: udp, rate: 2mbit, at: 1s, during: 3s, hop: 3}
            """)
        func proof(_ hop: Int, _ property: LinkProof.Property) -> LinkProof? {
            result.proofs.first { $0.hop == hop && $0.direction == .downlink && $0.property == property }
        }
        for (hop, rate, delay, queue) in [(1, 2e6, 0.01, 0.06), (3, 1.5e6, 0.005, 0.09)] {
            let found = [.rate, .delay, .queue].map { proof(hop, $0) }
            #expect(found.map { $0?.judgement } == [.confirmed, .confirmed, .confirmed], "hop \(hop)")
            #expect(found.map { $0?.asked } == [rate, delay, queue])
        }
        #expect(proof(2, .loss)?.judgement == .confirmed && proof(2, .rate)?.judgement == .unmeasured)
        #expect(result.proofs.allSatisfy { $0.hop != nil })
        // The captures of neighbours hold the same packets of the media.
        let losses = (1...3).compactMap { hop in
            result.links.first { $0.hop == hop && $0.direction == .downlink }?.lost
        }
        #expect(losses.count == 3 && losses.allSatisfy { $0 > 0 })
        let way = try #require(result.link(.downlink))
        let delays = try #require(way.delay)
        #expect(delays.minimum.milliseconds > 35 && delays.minimum.milliseconds < 50)
        #expect(delays.maximum.milliseconds < 35 + 60 + 90 + 20)
        #expect(
            result.run.captures.map(\.file).sorted() == [
                "captures/hop1-receiver.pcap", "captures/hop2-receiver.pcap", "captures/hop2-sender.pcap",
                "captures/hop3-sender.pcap", "captures/receiver.pcap", "captures/sender.pcap",
            ])
        let page = try File.readText(place.latest("test").file(RunFolder.report))
        #expect(page.contains("Hop 3, downlink"))
        // The whole of it follows from the files alone.
        let again = try InstalledProgram.shared.run(["analyze", place.latest("test").path], in: place.path)
        #expect(again.status == .success, "\(again.errorText)")
    }

    @Test func `hops of one are a link`() throws {
        let link = "downlink: {rate: 2mbit, delay: 20ms, jitter: 4ms, loss: 3%}, uplink: {delay: 10ms}"
        let results = try ["link: {\(link)}", "link: {hops: [{\(link)}]}"].map { text -> [[UInt8]] in
            let place = try Workplace()
            let result = try run(place, seconds: 3, "seed: 4\n\(text)")
            #expect(result.proofs.allSatisfy { $0.hop == nil } && result.run.hops.isEmpty)
            return try [RunFolder.senderCapture, RunFolder.receiverCapture].map {
                try File.read(place.latest("test").file($0))
            }
        }
        #expect(results[0] == results[1])
    }

    @Test func `what competes takes the link from the media`() throws {
        let place = try Workplace()
        let result = try run(
            place,
            """
            seed: 6
            link: {downlink: {rate: 1mbit, delay: 10ms, queue: 100ms}, uplink: {rate: 1mbit, delay: 10ms}}
            probes:
              - {throughput: tcp, during: 3s, at: 2s}
              - {throughput: udp, rate: 1200kbit, during: 2s, at: 5500ms, direction: uplink}
            """)
        let start = try #require(result.run.streamStart)
        let flows = result.run.probes.filter(\.plan.competes)
        #expect(flows.count == 2 && flows.allSatisfy { $0.failure == nil && $0.ethernetRate == nil })
        let tcp = try #require(flows.first)
        #expect(abs((tcp.started - start).seconds - 2) < 0.01)
        // Some 0.45 Mbit/s of a megabit are the media's.
        let rate = Double(try #require(tcp.payloadRate).bitsPerSecond)
        #expect(rate > 300_000 && rate < 800_000)
        let udp = try #require(flows.last)
        #expect(try #require(udp.lost) > 20 && udp.sent ?? 0 > 200)
        #expect(result.link(.downlink)?.lost ?? 0 > 0 && result.link(.uplink)?.lost ?? 0 > 20)
        let proofs = result.proofs.filter { [.rate, .queue].contains($0.property) }
        #expect(proofs.map(\.judgement) == [.confirmed, .confirmed, .confirmed, .confirmed])
        // None of it is a probe of what the link can.
        #expect(result.throughput(.tcp) == nil)
    }
}
