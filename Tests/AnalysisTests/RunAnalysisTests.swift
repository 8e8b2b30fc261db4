import Capture
import LabModel
import LinuxKit
import Testing

@testable import Analysis

/// Runs over links that a script of its own simulated: what must be seen of them.
@Suite struct RunAnalysisTests {
    static func link(
        rate: Int64 = 10_000_000, queue: QueueDiscipline = .time(.milliseconds(100)), delay: Double = 20,
        jitter: Double = 0, loss: LossModel = .none
    ) -> Impairment {
        Impairment(
            rate: Rate(bitsPerSecond: rate), queue: queue, delay: .milliseconds(delay), jitter: .milliseconds(jitter),
            loss: loss)
    }

    static func independent(_ probability: Double) -> LossModel { .independent(Probability(clamping: probability)) }

    /// A link, how it was simulated, and how each property must be judged.
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        var settings: [String]
        var link: Impairment
        var judged: [LinkProof.Property: LinkProof.Judgement]

        init(
            _ text: String, _ settings: [String], _ link: Impairment,
            _ judged: [LinkProof.Property: LinkProof.Judgement]
        ) {
            (testDescription, self.settings, self.link, self.judged) = (text, settings, link, judged)
        }
    }

    static let cases = [
        Case(
            "as asked, with a probe", ["probe=3"], link(),
            [.rate: .confirmed, .delay: .confirmed, .loss: .confirmed, .queue: .confirmed, .order: .confirmed]),
        Case(
            "a link that nothing fills", ["video=200000"], link(),
            [.rate: .unmeasured, .delay: .confirmed, .loss: .confirmed, .queue: .unmeasured, .order: .confirmed]),
        Case(
            "a rate 3 % too low", ["probe=3", "real_rate=9700000"], link(), [.rate: .off, .delay: .confirmed]),
        Case("a rate 3 % too high", ["probe=3", "real_rate=10300000"], link(), [.rate: .off, .delay: .confirmed]),
        Case("a delay 1 ms too long", ["real_delay=0.021"], link(), [.delay: .off, .order: .confirmed]),
        Case(
            "a queue twice as long", ["probe=3", "queue=250000"], link(), [.queue: .off, .rate: .confirmed]),
        Case(
            "2 % of loss", ["loss=0.02", "probe=3"], link(loss: independent(0.02)),
            [.rate: .confirmed, .delay: .confirmed, .loss: .confirmed, .order: .confirmed]),
        Case("loss where none was asked", ["loss=0.001"], link(), [.loss: .off]),
        Case("5 % of loss where 2 % were asked", ["loss=0.05"], link(loss: independent(0.02)), [.loss: .off]),
        Case("no loss where 2 % were asked", [], link(loss: independent(0.02)), [.loss: .off]),
        Case(
            "bursts of loss", ["pbad=0.01", "rgood=0.2"],
            link(
                loss: .gilbertElliott(
                    GilbertElliott(
                        p: Probability(clamping: 0.01), r: Probability(clamping: 0.2),
                        lossInBad: Probability(clamping: 1),
                        lossInGood: .zero))), [.loss: .confirmed, .delay: .confirmed]),
        Case(
            "30 ms of jitter in order", ["jitter=0.03", "delay=0.05", "probe=6"], link(delay: 50, jitter: 30),
            [.jitter: .confirmed, .delay: .confirmed, .order: .confirmed, .rate: .confirmed, .queue: .unmeasured]),
        Case(
            "half of the jitter", ["jitter=0.015", "delay=0.05"], link(delay: 50, jitter: 30), [.jitter: .off]),
        Case(
            "jitter about another delay", ["jitter=0.03", "delay=0.055"], link(delay: 50, jitter: 30), [.delay: .off]),
        Case("packets out of order", ["reorder=0.05", "video=6000000"], link(), [.order: .off]),
        Case(
            "too narrow for the stream", ["rate=2000000", "queue=25000"], link(rate: 2_000_000),
            [.rate: .confirmed, .delay: .confirmed, .loss: .confirmed, .queue: .confirmed, .order: .confirmed]),
        Case(
            "too narrow, and lossy", ["rate=2000000", "queue=25000", "loss=0.02"],
            link(rate: 2_000_000, loss: independent(0.02)),
            [.rate: .confirmed, .delay: .confirmed, .queue: .confirmed, .order: .confirmed]),
    ]

    @Test(arguments: cases)
    func `judges the link`(known: Case) throws {
        let run = try SimulatedRun(known.settings, link: known.link)
        let result = try run.analyze()
        for (property, judgement) in known.judged {
            let proof = try #require(result.proof(property))
            #expect(proof.judgement == judgement, "\(proof)")
            if judgement != .unmeasured {
                #expect(result.check("link.downlink.\(property.rawValue)") == (judgement == .confirmed))
            }
        }
        try expectTruth(result, run)
    }

    private func expectTruth(_ result: RunResult, _ run: SimulatedRun) throws {
        let link = try #require(result.link(.downlink))
        #expect(link.sentPackets == run.truth.sent)
        #expect(link.sentBytes.bytes == run.truth.bytes)
        #expect(link.deliveredPackets == run.truth.came)
        #expect(link.lost == run.truth.queue + run.truth.path)
        #expect(zip(link.lossRuns, 1...).reduce(0) { $0 + $1.0 * Int64($1.1) } == link.lost)
        #expect(link.duplicates == 0)
        #expect(result.check("capture.matched") == true)
        let back = try #require(result.link(.uplink))
        #expect(back.sentPackets == 10)
        #expect(back.delay?.p50 == .milliseconds(20))
    }

    @Test func `the model predicts each delay of a clean link`() throws {
        let result = try SimulatedRun(["probe=2"], link: Self.link()).analyze()
        let error = try #require(result.link(.downlink)?.delayError)
        #expect(error.minimum > .microseconds(-60))
        #expect(error.maximum < .microseconds(60))
    }

    @Test func `follows a change of the rate`() throws {
        let run = try SimulatedRun(
            ["at=5", "to=2000000", "probe=2", "queue=25000"], link: Self.link(queue: .bytes(ByteCount(25_000))),
            change: (5, Self.link(rate: 2_000_000, queue: .bytes(ByteCount(25_000)))))
        let result = try run.analyze()
        let rates = [result.proof(.rate), result.proof(.rate, phase: 1)]
        #expect(rates.map { $0?.judgement } == [.confirmed, .confirmed])
        #expect(rates.map { $0?.asked } == [10_000_000, 2_000_000])
        #expect(rates.map { $0?.to.seconds } == [5, 15])
        let change = try #require(result.changes.first)
        #expect((change.asked, change.tookEffect) == (.seconds(5), .seconds(5)))
        #expect((5...5.3).contains(try #require(change.seen).seconds))
        let series = try #require(result.series(Series.Name.rateAsked(.downlink)))
        #expect(zip(series.times, series.values).allSatisfy { $1 == ($0 < 5 ? 10_000_000 : 2_000_000) })
    }

    @Test func `sees a full queue by its counters where jitter hides the wait`() throws {
        let link = Self.link(rate: 2_000_000, jitter: 2)
        var run = try SimulatedRun(["rate=2000000", "queue=25000", "jitter=0.002"], link: link)
        #expect(try run.analyze().proof(.queue)?.judgement == .unmeasured)
        run.inputs.queue = (0..<100).map {
            QueueSample(
                time: SimulatedRun.start + .milliseconds(Double($0) * 100), direction: .downlink,
                backlog: ByteCount(Int64(23_000 + $0 * 15)), backlogPackets: 20, queueDrops: Int64($0), pathDrops: 0)
        }
        let proof = try #require(try run.analyze().proof(.queue))
        #expect(proof.judgement == .confirmed)
        #expect(proof.witness == "qdisc counters")
        #expect(abs((proof.measured ?? 0) - 0.09794) < 1e-6)
    }

    @Test func `puts access units back together and plays them`() throws {
        let run = try SimulatedRun(["loss=0.01"], link: Self.link(loss: Self.independent(0.01)))
        let result = try run.analyze()
        let video = try #require(result.media(.video))
        #expect(video.sent == 300)
        #expect(video.complete + video.damaged + video.missing == 300)
        #expect(video.keyFrames == 5)
        let stream = try #require(result.rtp(.video))
        #expect(stream.missing + (result.rtp(.audio)?.missing ?? 0) <= run.truth.path)
        #expect((video.complete < 300) == (stream.missing > 0))
        let player = try #require(result.player)
        #expect(player.frames == 300)
        #expect(player.shown == video.complete)
        #expect(player.dropped == 300 - video.complete)
        #expect(player.stalls.isEmpty)
        let latency = try #require(player.liveLatency)
        #expect(latency.p50 > .milliseconds(200))
        #expect(latency.p50 < .milliseconds(330))
        #expect(result.series(Series.Name.buffer) != nil)
        #expect(result.series(Series.Name.latency) != nil)
    }

    @Test func `another player changes the player alone`() throws {
        var run = try SimulatedRun(
            ["rate=2000000", "queue=250000"], link: Self.link(rate: 2_000_000, queue: .time(.seconds(1))))
        let before = try run.analyze()
        run.inputs.player = PlayerPolicy(buffer: .seconds(2), underrun: .skip)
        let after = try run.analyze()
        #expect(after.player?.policy.buffer == .seconds(2))
        #expect(try #require(after.player?.startup) > #require(before.player?.startup))
        #expect(after.link(.downlink)?.delay == before.link(.downlink)?.delay)
        #expect(after.player?.stallsByBuffer.map(\.buffer) == before.player?.stallsByBuffer.map(\.buffer))
    }

    @Test func `late sound is negative`() throws {
        let result = try SimulatedRun(["sr_error=0.06"], link: Self.link()).analyze()
        let transport = try #require(result.sync.first { $0.method == .transport })
        #expect(abs(transport.offset.mean.milliseconds + 60) < 0.1)
        #expect(transport.outside == 0)
        let arrival = try #require(result.sync.first { $0.method == .arrival })
        // A frame of several packets takes longer than a sound of one.
        #expect(arrival.offset.p50 > .zero)
        #expect(result.bestSync?.method == .transport)
    }

    @Test func `reads what marks say`() throws {
        var run = try SimulatedRun([], link: Self.link())
        run.inputs.frameMarks = (0..<300).map { frame in
            let number = UInt32(frame)
            switch frame {
            // A strip left over from the frame before is no witness; one that agrees with the time is.
            case 100: return FrameMark(timestamp: 5000 + number * 3000, top: 99, bottom: nil, damaged: true)
            case 150: return FrameMark(timestamp: 5000 + number * 3000, top: nil, bottom: 150, damaged: true)
            case 200: return FrameMark(timestamp: 5000 + number * 3000, top: 190, bottom: 190, damaged: false)
            default: return FrameMark(timestamp: 5000 + number * 3000, top: number, bottom: number, damaged: false)
            }
        }
        run.inputs.soundMarks = (0..<49).map {
            SoundMark(slot: $0, found: .milliseconds(Double($0) * 200 + 100 - 30), quality: 0.9)
        }
        let result = try run.analyze()
        let video = try #require(result.media(.video))
        #expect(video.decoded == 300)
        #expect(video.identified == 299)
        #expect(video.misplaced == 1)
        let content = try #require(result.bestSync)
        #expect(content.method == .content)
        // The sound comes 30 ms before its time.
        #expect(abs(content.offset.p50.milliseconds - 30) < 0.2)
    }

    @Test func `says what a partial run lacks`() throws {
        var run = try SimulatedRun([], link: Self.link())
        run.inputs.run.outcome = .interrupted
        run.inputs.sent = []
        let path = run.folder + "/captures/receiver.pcap"
        try File.write(Array(File.read(path).prefix(200_001)), to: path)
        let result = try run.analyze()
        #expect(result.check("run.completed") == false)
        #expect(result.check("capture.complete") == false)
        #expect(result.received?.damage != nil)
        #expect(result.player == nil)
        #expect(result.rtp(.video)?.packets ?? 0 > 0)
        let without = RunAnalysis.analyze(run.inputs, sender: nil, receiver: nil, netlabVersion: "test")
        #expect(without.links.isEmpty)
        #expect(without.validity.count { $0.name == "capture.complete" } == 2)
    }

    @Test func `an analysis repeated gives the same result`() throws {
        let run = try SimulatedRun(["jitter=0.01"], link: Self.link(jitter: 10))
        #expect(try run.analyze().proofs == run.analyze().proofs)
    }
}
