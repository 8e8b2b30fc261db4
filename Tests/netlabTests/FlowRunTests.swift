import LabModel
import LinuxKit
import RunStore
import Testing

/// Packets told apart in a whole run, in virtual time.
@Suite struct FlowRunTests {
    private static func scenario(_ link: String) -> String {
        """
        link: {downlink: {rate: 20mbit, delay: 20ms, \(link)}, uplink: {rate: 20mbit}}
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 800kbit, gop: 1s}, audio: {rate: 64kbit}}}
        probes: [{latency: 50ms}]
        """
    }

    private func run(_ link: String) throws -> (result: RunResult, run: ChildProcess.Result) {
        let place = try Workplace()
        let run = try InstalledProgram.shared.run(
            ["run", try place.scenario(Self.scenario(link)), "--engine", "virtual", "-q"], in: place.path)
        return (try place.result("test"), run)
    }

    private func judgements(_ result: RunResult) -> [LinkProof.Property: LinkProof.Judgement] {
        let proofs = result.proofs.filter { $0.direction == .downlink }
        return Dictionary(proofs.map { ($0.property, $0.judgement) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func `What is matched is late and lost, and nothing else`() throws {
        let (result, run) = try run("jitter: 5ms, loss: 20%, match: {rtp: video}")
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let judgements = judgements(result)
        for property in [
            LinkProof.Property.loss, .delay, .jitter, .match, .unmatchedLoss, .unmatchedDelay, .order,
        ] {
            #expect(judgements[property] == .confirmed, "\(property)")
        }
        let streams = try #require(result.received?.streams)
        #expect(try #require(streams.first { $0.stream == .video }).missing > 10)
        #expect(try #require(streams.first { $0.stream == .audio }).missing == 0)
    }

    @Test func `RTCP alone is lost`() throws {
        let (result, run) = try run("drop: {every: 1st, match: {rtcp: true}}")
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        #expect(judgements(result)[.every] == .confirmed)
        #expect(result.sent?.reports.isEmpty == false)
        #expect(result.received?.reports.contains { $0.kind == .senderReport } == false)
        #expect(result.received?.streams.allSatisfy { $0.missing == 0 } == true)
    }

    @Test func `Exactly the listed packets are missing`() throws {
        let (result, run) = try run("drop: {rtp: [20, 21, 150], audio: [1], every: 100th, match: {udp: 5006}}")
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let listed = try #require(result.proofs.first { $0.property == .listed })
        #expect((listed.asked, listed.applied, listed.measured) == (4, 4, 4))
        #expect(listed.judgement == .confirmed)
        #expect(judgements(result)[.every] == .confirmed)
        #expect(judgements(result)[.loss] == .confirmed)
        let streams = try #require(result.received?.streams)
        let video = try #require(streams.first { $0.stream == .video })
        #expect(video.missing == 3)
    }

    /// Both ways, where flows take turns, packets are dropped by the wait too, and RTCP goes on after the stream.
    @Test func `What is told apart keeps its proofs beside a queue that acts on the wait`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(
            """
            link:
              downlink:
                rate: 1mbit
                queue: fq_codel
                delay: 20ms
                match: {rtcp: true}
                drop: {rtp: [50, 51], every: 2nd, match: {rtcp: true}}
              uplink: {rate: 1mbit, drop: {every: 1st, match: {rtcp: true}}}
            timeline: [{at: 1s, downlink: {rate: 800kbit}}]
            pipeline: {media: {video: {size: 320x180, fps: 25, rate: 800kbit, gop: 1s}, audio: {rate: 64kbit}}}
            probes: [{throughput: tcp, before: 2s}, {latency: 20ms}]
            """)
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let proofs = try place.result("test").proofs
        func judgement(_ direction: Direction, _ property: LinkProof.Property) -> LinkProof.Judgement? {
            proofs.first { $0.direction == direction && $0.property == property }?.judgement
        }
        #expect(judgement(.downlink, .listed) == .confirmed)
        #expect(judgement(.downlink, .drops) == .confirmed)
        #expect(judgement(.downlink, .unmatchedLoss) == .confirmed)
        #expect(judgement(.uplink, .every) == .confirmed)
    }

    /// A listed packet that never is sent is not what was asked.
    @Test func `A list that goes beyond the stream makes a run invalid`() throws {
        let (result, run) = try run("drop: {rtp: [20000]}")
        #expect(run.status == .exited(2))
        #expect(result.verdict == .invalid)
        #expect(judgements(result)[.listed] == .off)
    }

    @Test func `The plan says what is told apart, in words and for tc`() throws {
        let place = try Workplace()
        let file = try place.scenario(Self.scenario("drop: {rtp: [20], every: 1000th}, match: {udp: 5004}"))
        let plan = try InstalledProgram.shared.run(["plan", file], in: place.path)
        #expect(plan.outputText.contains("video 20; every 1000th of udp 5004"), "\(plan.outputText)")
        let script = try InstalledProgram.shared.run(["plan", file, "--tc"], in: place.path).outputText
        #expect(script.contains("qdisc add dev port-r root handle 4: prio bands 2 priomap 1 1"), "\(script)")
        #expect(script.contains("qdisc add dev port-r parent 4:1 handle 1: netem"))
        #expect(script.contains("action continue random determ drop 1000"))
        #expect(script.contains("classid 4:1 action pass"))
        #expect(!script.contains("dev port-s root handle 4:"))
    }
}
