import LabModel
import YAML

/// What can only be judged when the whole plan is known.
struct PlanChecks {
    let plan: Plan
    let reading: Reading

    func check(_ probes: [LocatedProbe]) {
        var seen: Set<String> = []
        for probe in probes {
            let kind = kind(of: probe.value)
            if !seen.insert(kind).inserted { reading.error("a second \(kind) probe", at: probe.mark) }
            if case .throughput(let throughput) = probe.value { check(throughput, probe) }
        }
    }

    /// What the protocol cannot carry.
    func check(pipeline mark: Mark) {
        guard plan.pipeline.protocol.carriesTransportStream, case .generated(_, let audio?) = plan.pipeline.media,
            audio.codec == .opus
        else { return }
        reading.error(
            "\(plan.pipeline.protocol.rawValue) cannot carry opus: its MPEG-TS is made of h264 and aac", at: mark,
            hint: "take aac, or protocol rtp")
    }

    /// A packet that does not say that it can be marked is lost all the same (RFC 3168 section 5).
    func check(markings: [Mark]) {
        guard !sendsMarkable else { return }
        for mark in Set(markings) {
            reading.error(
                "nothing in this scenario sends packets that could be marked", at: mark,
                hint: "add {throughput: tcp} to 'probes' and 'ecn: true' beside them, or leave 'ecn' out here")
        }
    }

    /// Places are told by RTP's sequence numbers: of the media's own streams, on their way, before the numbers begin again.
    func check(_ drop: DropDraft, _ direction: Direction) {
        for (kind, places) in drop.places {
            if direction == .uplink {
                reading.error(
                    "the media's RTP goes down, and none of it up", at: places.mark, hint: "write it under 'downlink'")
            } else if plan.pipeline.protocol != .rtp {
                reading.error(
                    "\(plan.pipeline.protocol.rawValue) has no RTP stream for each kind of media", at: places.mark,
                    hint: "take protocol rtp, or 'every' with a 'match'")
            } else if kind == .audio, case .generated(_, nil) = plan.pipeline.media {
                reading.error("the media has no audio", at: places.mark)
            } else if let packets = packets(of: kind), packets > DropList.lastPlace {
                reading.error(
                    "this stream has some \(packets) packets, and RTP's numbers begin again after \(DropList.lastPlace)",
                    at: places.mark, hint: "make 'duration' shorter: a packet later would be taken for a listed one")
            }
        }
    }

    /// About as many as a generated stream has: each frame of it ends with one that is half full.
    private func packets(of kind: MediaKind) -> Int? {
        guard case .generated(let video, let audio) = plan.pipeline.media else { return nil }
        let (rate, frames) =
            kind == .video ? (video.rate, Double(video.framesPerSecond)) : (audio?.rate ?? Rate(bitsPerSecond: 0), 50)
        let each = Double(rate.bitsPerSecond) / 8 / 1100 + frames / 2
        return Int(max(each, frames) * plan.duration.seconds)
    }

    /// RTP's packets cannot be marked; TCP's can, where both ends want it.
    private var sendsMarkable: Bool {
        (plan.ecn || plan.congestionControl == "dctcp") && plan.probes.contains { kind(of: $0) == "tcp throughput" }
    }

    /// In virtual time an unshaped link is infinitely fast, and TCP would never come to an end. The test comes before the
    /// stream, so that the link's own rate is the one that counts; the other direction carries acknowledgements only.
    private func check(_ throughput: ProbePlan.Throughput, _ probe: LocatedProbe) {
        guard plan.engine == .virtual, throughput.transport == .tcp, plan.impairment(of: .downlink).rate == nil else {
            return
        }
        reading.error(
            "a tcp throughput probe over a downlink without a rate never ends in virtual time", at: probe.mark,
            hint: "give 'link.downlink' a rate, or take engine embedded or host: there it is as fast as the machine")
    }

    private func kind(of probe: ProbePlan) -> String {
        switch probe {
        case .throughput(let throughput): "\(throughput.transport.rawValue) throughput"
        case .latency: "latency"
        }
    }

    func check(_ expectations: [LocatedExpectation]) {
        for expectation in expectations {
            let metric = expectation.value.metric
            if let missing = whatLacks(metric) {
                reading.error("nothing in this scenario measures \(metric)", at: expectation.mark, hint: missing)
            }
        }
    }

    /// What the scenario would need for a metric to have a value; `nil` when it has it.
    private func whatLacks(_ metric: String) -> String? {
        for transport in ProbePlan.Throughput.Transport.allCases where metric.hasPrefix("probe.\(transport.rawValue).")
        {
            let has = plan.probes.contains { kind(of: $0) == "\(transport.rawValue) throughput" }
            return has ? nil : "add {throughput: \(transport.rawValue)} to 'probes'"
        }
        if metric.hasPrefix("rtp."), plan.pipeline.protocol != .rtp {
            return "only protocol 'rtp' has an RTP stream for each kind of media; 'media.' and 'player.' figures do"
        }
        guard case .generated(_, nil) = plan.pipeline.media else { return nil }
        let needsAudio = metric.contains(".audio.") || metric.hasPrefix("avsync.")
        return needsAudio ? "the media has no audio" : nil
    }
}
