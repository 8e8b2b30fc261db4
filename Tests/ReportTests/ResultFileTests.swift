import FoundationEssentials
import LabModel
import Testing

@testable import Report

@Suite struct ResultFileTests {
    @Test func `comes back as it was written`() throws {
        let data = try ResultFile.data(of: SampleResult.make())
        let again = try ResultFile.data(of: ResultFile.read(data))
        #expect(again == data)
    }

    @Test(arguments: Verdict.allCases)
    func `keeps to its published schema`(verdict: Verdict) throws {
        let schema = try JSONSchema(path: TestPlace.resources + "/result.schema.json")
        var result = SampleResult.make(verdict)
        for plan in SamplePlans.all {
            result.plan = plan
            #expect(schema.violations(of: try JSONValue(ResultFile.data(of: result))) == [])
        }
    }

    struct Names: CustomTestStringConvertible {
        var testDescription: String
        var names: [String]

        init<Value: CaseIterable & RawRepresentable<String>>(_ definition: String, _ type: Value.Type) {
            testDescription = definition
            names = type.allCases.map(\.rawValue)
        }
    }

    @Test(arguments: [
        Names("Direction", Direction.self), Names("Carrier", Carrier.self), Names("CourseKind", Course.Kind.self),
        Names("EngineKind", EngineKind.self), Names("Verdict", Verdict.self),
        Names("EngineRequest", EngineRequest.self), Names("LinkProofProperty", LinkProof.Property.self),
        Names("LinkProofJudgement", LinkProof.Judgement.self), Names("SyncReportMethod", SyncReport.Method.self),
        Names("RTCPReportKind", RTCPReport.Kind.self), Names("Quantity", Quantity.self), Names("Shaper", Shaper.self),
        Names("MediaKind", MediaKind.self), Names("StreamProtocol", StreamProtocol.self),
        Names("Pacing", Pacing.self), Names("PlayerPolicyUnderrun", PlayerPolicy.Underrun.self),
        Names("VideoPlanCodec", VideoPlan.Codec.self), Names("AudioPlanCodec", AudioPlan.Codec.self),
        Names("CaptureFactsPoint", CaptureFacts.Point.self),
        Names("ExpectationComparison", LabModel.Expectation.Comparison.self),
        Names("TransportStreamIndicator", TransportStreamReport.Indicator.self),
        Names("PayloadFormat", PayloadFormat.self), Names("PayloadOrigin", PayloadReport.Origin.self),
        Names("WireReportPurpose", WireReport.Purpose.self),
        Names("SRTPlanMode", SRTPlan.Mode.self), Names("RISTPlanProfile", RISTPlan.Profile.self),
        Names("ProbePlanThroughputTransport", ProbePlan.Throughput.Transport.self),
    ])
    func `the schema has every name of`(names: Names) throws {
        let schema = try JSONValue(Data(contentsOf: URL(filePath: TestPlace.resources + "/result.schema.json")))
        let allowed = schema.member("$defs")?.member(names.testDescription)?.member("enum")?.items
        #expect(allowed?.compactMap(\.string) == names.names)
    }

    struct Break: CustomTestStringConvertible {
        var testDescription: String
        var old: String
        var new: String
        var violation: String
    }

    @Test(arguments: [
        Break(
            testDescription: "a field too many", old: "\"netlabVersion\"", new: "\"extra\": 1, \"netlabVersion\"",
            violation: "unknown extra"),
        Break(
            testDescription: "a field missing", old: "\"hostKernel\"", new: "\"hostkernel\"",
            violation: "lacks hostKernel"),
        Break(
            testDescription: "a wrong type", old: "\"seed\" : 7", new: "\"seed\" : \"7\"", violation: "is no integer"),
        Break(
            testDescription: "no such verdict", old: "\"verdict\" : \"fail\"", new: "\"verdict\" : \"maybe\"",
            violation: "none of the allowed"),
        Break(
            testDescription: "another version", old: "\"version\" : 1", new: "\"version\" : 2",
            violation: "not the one allowed"),
    ])
    func `the schema refuses what is not a result`(given: Break) throws {
        let schema = try JSONSchema(path: TestPlace.resources + "/result.schema.json")
        let text = String(decoding: try ResultFile.data(of: SampleResult.make()), as: UTF8.self)
        let broken = text.replacing(given.old, with: given.new)
        try #require(broken != text)
        let violations = schema.violations(of: try JSONValue(broken.utf8))
        #expect(violations.contains { $0.contains(given.violation) }, "\(violations)")
    }

    @Test func `refuses a newer format in words`() {
        let error = #expect(throws: ReportError.self) {
            try ResultFile.read(Data("{\"version\": 3, \"new\": true}".utf8))
        }
        #expect(error == .newerVersion(found: 3, known: 1))
        #expect(error?.description == "result.json has version 3; this netlab reads up to 1")
    }

    @Test(arguments: ["", "{", "[]", "{}", "{\"version\": \"1\"}", "{\"version\": 1}", "\u{0}"])
    func `refuses what is no result`(text: String) {
        let error = #expect(throws: ReportError.self) { try ResultFile.read(Data(text.utf8)) }
        #expect(error?.description.hasPrefix("result.json is damaged: ") == true)
    }

    @Test func `says which figure is no number`() {
        var result = SampleResult.make()
        result.proofs[0].measured = .nan
        let error = #expect(throws: ReportError.self) { try ResultFile.data(of: result) }
        #expect(error?.description.contains("measured") == true)
    }
}

/// Plans that use every alternative of the format.
enum SamplePlans {
    static var all: [Plan] {
        var bursts = Plan(slug: "bursts", name: "Bursts")
        let model = GilbertElliott(
            p: Probability(clamping: 0.01), r: Probability(clamping: 0.3), lossInBad: Probability(clamping: 1),
            lossInGood: .zero)
        bursts.link[.downlink] = Impairment(shaper: .htb, queue: .packets(50), loss: .gilbertElliott(model))
        bursts.pipeline.media = .file(path: "/media/clip.mp4")
        bursts.pipeline.protocol = .srt
        bursts.pipeline.srt = SRTPlan(mode: .listener, passphrase: "correct horse", streamID: "camera 1")
        bursts.variant = [VariantSetting(setting: "seed", value: "1")]
        bursts.profile = "lte-poor"
        bursts.profileSource = "a drive test"
        let cut = Impairment(shaper: .htb, queue: .packets(50), carrier: .down)
        bursts.timeline = [TimelineChange(at: .seconds(5), impairments: [.downlink: cut], stepOf: [.downlink: .ramp])]
        bursts.courses = [
            Course(.ramp, of: .downlink, from: .seconds(5), to: .seconds(6), text: "ramp to delay 9 ms")
        ]
        var quiet = Plan(slug: "quiet", name: "Quiet", engine: .virtual)
        quiet.pipeline.media = .generated(video: VideoPlan(), audio: nil)
        let udp = ProbePlan.Throughput(
            transport: .udp, duration: .seconds(1), offered: Rate(bitsPerSecond: 1_000_000),
            payload: ByteCount(100))
        quiet.probes = [.throughput(udp)]
        return [SampleResult.make().plan, bursts, quiet, sorting, chain]
    }

    private static var sorting: Plan {
        let match = PacketMatch([
            PacketMatch.Term(.udp, ports: [5004], content: .rtcp),
            PacketMatch.Term(
                host: IPAddress("fd77::2"), source: IPAddress("fd77::1"), destination: IPAddress("fd77::2")),
        ])
        let drop = DropList(places: [.video: [1], .audio: [2]], every: DropList.Nth(1000, of: match))
        var plan = Plan(slug: "sorting", name: "Sorting")
        plan.link[.downlink] = Impairment(match: match, drop: drop)
        return plan
    }

    private static var chain: Plan {
        var plan = Plan(slug: "chain", name: "Chain", ip: .v6, mtu: ByteCount(1280))
        plan.furtherHops = [[.downlink: Impairment(delay: .milliseconds(5)), .uplink: .clean]]
        plan.probes = [
            .throughput(
                ProbePlan.Throughput(
                    transport: .tcp, duration: .seconds(4),
                    rivalry: ProbePlan.Rivalry(at: .seconds(2), direction: .uplink, hop: 2)))
        ]
        return plan
    }
}
