import LabModel
import YAML

/// What can only be judged when the whole plan is known.
struct PlanChecks {
    let plan: Plan
    let reading: Reading

    func check(_ probes: [LocatedProbe]) {
        var seen: Set<String> = []
        let flows = probes.filter(\.value.competes)
        if flows.count > Self.mostFlows {
            reading.error("more than \(Self.mostFlows) flows beside the media", at: flows[Self.mostFlows].mark)
        }
        for probe in probes {
            let kind = kind(of: probe.value)
            if case .throughput(let throughput) = probe.value {
                check(throughput, probe)
                // Any number of flows compete.
                if let rivalry = throughput.rivalry {
                    check(rivalry, throughput, probe.mark)
                    continue
                }
            }
            if !seen.insert(kind).inserted { reading.error("a second \(kind) probe", at: probe.mark) }
        }
    }

    /// Each flow takes ports and threads.
    private static let mostFlows = 64

    private func check(_ rivalry: ProbePlan.Rivalry, _ flow: ProbePlan.Throughput, _ mark: Mark) {
        if rivalry.at + flow.duration > plan.duration {
            reading.error(
                "a flow from \(UnitText.time(rivalry.at)) to \(UnitText.time(rivalry.at + flow.duration)) does not end "
                    + "before the stream at \(UnitText.time(plan.duration))", at: mark)
        }
        if let hop = rivalry.hop, hop > plan.hops.count {
            reading.error(
                "there is no hop \(hop)", at: mark,
                hint: plan.furtherHops.isEmpty
                    ? "'link' has one hop; 'link.hops' lists more" : "the last is \(plan.hops.count)")
        }
    }

    /// - Parameter mark: where several hops were written.
    func check(hops mark: Mark, _ fields: Fields) {
        guard !plan.furtherHops.isEmpty else { return }
        if fields(ScenarioKeys.profile) != nil {
            reading.error(
                "a profile is one link, and this scenario has several", at: mark, hint: "leave one of them out")
        }
        if fields(ScenarioKeys.timeline)?.isEmpty == false {
            reading.error("a timeline changes one link, and this scenario has several", at: mark)
        }
    }

    /// - Parameter mark: where the link's MTU was written.
    func check(mtu mark: Mark) {
        if plan.mtu < plan.ip.leastMTU {
            reading.error(
                "mtu \(plan.mtu.bytes) is less than the \(plan.ip.leastMTU.bytes) that every link of IPv6 carries",
                at: mark, hint: "write \(plan.ip.leastMTU.bytes) or more, or leave 'ip: 6' out (RFC 8200 section 5)")
        }
        // Smaller queues than Ethernet's packets are reported where they are written.
        for direction in Direction.allCases where plan.mtu > .ethernetMTU {
            guard let queue = plan.impairment(of: direction).queueBytes, queue < plan.mtu.framed else { continue }
            reading.error(
                "a packet of \(plan.mtu.bytes) bytes does not fit into the queue of the \(direction.rawValue), "
                    + "which holds \(queue.bytes)", at: mark, hint: "make the queue larger, or the mtu smaller")
        }
    }

    /// What the protocol cannot carry.
    func check(pipeline mark: Mark) {
        let rtsp = plan.pipeline.rtsp
        if plan.pipeline.protocol == .rtsp, rtsp.mode == .push, rtsp.cameras > 1 {
            reading.error(
                "a server that is pushed to takes one camera, and these are \(rtsp.cameras)", at: mark,
                hint: "take mode pull, or one camera")
        }
        ProgramChecks(plan: plan.pipeline, reading: reading).check(mark)
        let name = plan.pipeline.protocol
        if name == .rtmp || name == .rtmpHLS, plan.pipeline.pacing == .spread {
            reading.error(
                "\(name.rawValue) cannot spread a frame: a server passes it on when it has all of it", at: mark,
                hint: "leave 'pacing' out")
        }
        guard let container = plan.pipeline.container, case .generated(_, let audio?) = plan.pipeline.media,
            audio.codec == .opus
        else { return }
        reading.error(
            "\(name.rawValue) cannot carry opus: its \(container) is made of h264 and aac", at: mark,
            hint: name == .hls ? "take aac, or container fmp4" : "take aac, or protocol rtp")
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
            } else if !plan.pipeline.hasDatagramsOfEachKind {
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
        (plan.ecn || plan.congestionControl == "dctcp")
            && (plan.pipeline.travelsByTCP
                || plan.probes.contains { if case .throughput(let flow) = $0 { flow.transport == .tcp } else { false } })
    }

    /// In virtual time an unshaped link is infinitely fast, and TCP would never come to an end. The test comes before the
    /// stream, so that the link's own rate is the one that counts; the other direction carries acknowledgements only.
    private func check(_ throughput: ProbePlan.Throughput, _ probe: LocatedProbe) {
        let rivalry = throughput.rivalry ?? ProbePlan.Rivalry()
        let direction = rivalry.direction.rawValue
        guard plan.engine == .virtual, throughput.transport == .tcp,
            plan.rate(of: rivalry.direction, atHop: rivalry.hop) == nil
        else { return }
        reading.error(
            "a tcp throughput probe over \(rivalry.direction == .downlink ? "a" : "an") \(direction) without a rate never ends in virtual time",
            at: probe.mark,
            hint: "give 'link.\(direction)' a rate, or take engine embedded or host: there it is as fast as the machine"
        )
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
            let has = plan.probes.contains { kind(of: $0) == "\(transport.rawValue) throughput" && !$0.competes }
            return has ? nil : "add {throughput: \(transport.rawValue)} to 'probes'"
        }
        if !plan.pipeline.knowsUnits, ["rtp.", "media.", "player.", "avsync."].contains(where: metric.hasPrefix) {
            return "what programs of your own send and show is not known, but 'link.' and 'tcp.' figures are"
        }
        if !plan.pipeline.knowsDepartures, metric.hasPrefix("player.latency") {
            return "a sender of your own does not tell when it sends"
        }
        if metric.hasPrefix("rtp."), !plan.pipeline.protocol.hasStreamOfEachKind {
            return "only 'rtp' and 'rtsp' have an RTP stream for each kind of media; 'media.' and 'player.' figures do"
        }
        guard case .generated(_, nil) = plan.pipeline.media else { return nil }
        let needsAudio = metric.contains(".audio.") || metric.hasPrefix("avsync.")
        return needsAudio ? "the media has no audio" : nil
    }
}

extension PipelinePlan {
    /// What its media is put into, where that is made of H.264 and AAC alone.
    fileprivate var container: String? {
        if carriesTransportStream || `protocol`.http.map(http.container) == .ts { return "MPEG-TS" }
        return [.rtmp, .rtmpHLS].contains(`protocol`) ? "FLV" : nil
    }
}
