import Capture
import FoundationEssentials
import LabModel
import LinuxKit

@testable import Analysis

/// A run over a link that `make-run.py` simulates, with what really became of the packets.
struct SimulatedRun {
    struct Truth: Decodable {
        var sent: Int64
        var queue: Int64
        var path: Int64
        var came: Int64
        var bytes: Int64
    }

    let folder: String
    let truth: Truth
    var inputs: RunInputs

    static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    /// - Parameters:
    ///   - settings: for the script.
    ///   - link: what was asked of the downlink, and what the kernel is made to say.
    init(_ settings: [String], link: Impairment, change: (at: Double, to: Impairment)? = nil, seconds: Double = 10)
        throws
    {
        folder = try Fixture.made(by: "make-run.py", settings + ["seconds=\(seconds)"]).get()
        truth = try JSONDecoder().decode(Truth.self, from: Data(File.read(folder + "/truth.json")))
        var plan = Plan(slug: "simulated", name: "Simulated", duration: .seconds(seconds))
        plan.link = [.downlink: link, .uplink: Impairment(delay: .milliseconds(20))]
        var run = RunRecord(
            engine: .virtual, engineReason: "simulated", kernel: "none", hostKernel: "none", outcome: .completed)
        run.streamStart = Self.start
        run.streamEnd = Self.start + .seconds(seconds)
        (run.senderAddress, run.receiverAddress) = ("10.0.0.1", "10.0.0.2")
        run.readbacks = [Self.readback(link)]
        if let change {
            plan.timeline = [TimelineChange(at: .seconds(change.at), impairments: [.downlink: change.to])]
            run.changes = [
                AppliedChange(
                    asked: .seconds(change.at), tookEffect: Self.start + .seconds(change.at),
                    readbacks: [Self.readback(change.to)])
            ]
        }
        inputs = RunInputs(plan: plan, run: run)
        inputs.streams = Self.streams
        inputs.sent = try File.readText(folder + "/media/sent.jsonl").split(separator: "\n")
            .map { try JSONDecoder().decode(SentUnit.self, from: Data($0.utf8)) }
    }

    func analyze() throws -> RunResult {
        RunAnalysis.analyze(
            inputs, sender: try CaptureReader(path: folder + "/captures/sender.pcap"),
            receiver: try CaptureReader(path: folder + "/captures/receiver.pcap"), netlabVersion: "test")
    }

    private static func readback(_ impairment: Impairment) -> LinkReadback {
        let path = QdiscState(
            interface: "port-r", kind: "netem", handle: "1:", parent: "root",
            parameters: [QdiscState.Parameter(name: "rate", value: 1e9, quantity: .rate)], counters: .init())
        return LinkReadback(
            direction: .downlink, applied: impairment, seeded: true, qdiscs: impairment.jitter > .zero ? [path] : [],
            burst: ByteCount(1600))
    }

    private static let streams = [
        StreamFacts(
            stream: .video, codec: "h264", clockRate: 90000, firstTimestamp: 5000,
            rtp: RTPStreamFacts(ssrc: 111, payloadType: 96, firstSequence: 100, port: 5004), width: 1280, height: 720,
            framesPerSecond: 30, marked: true, extradata: ""),
        StreamFacts(
            stream: .audio, codec: "aac", clockRate: 48000, firstTimestamp: 900,
            rtp: RTPStreamFacts(ssrc: 222, payloadType: 97, firstSequence: 65000, port: 5006), sampleRate: 48000,
            channels: 2, marked: true, extradata: ""),
    ]
}

extension RunResult {
    func proof(_ property: LinkProof.Property, phase: Int = 0) -> LinkProof? {
        let lines = proofs.filter { $0.direction == .downlink && $0.property == property }
        return phase < lines.count ? lines[phase] : nil
    }

    func series(_ name: String) -> Series? { series.first { $0.name == name } }

    func check(_ name: String) -> Bool? { validity.first { $0.name == name }?.passed }
}
