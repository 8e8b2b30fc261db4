package import LabModel

/// The captures at both ends of one hop; what is `nil` there is no capture of.
package struct HopCaptures {
    let sender: (any FrameSource)?
    let receiver: (any FrameSource)?

    package init(sender: (any FrameSource)?, receiver: (any FrameSource)?) {
        self.sender = sender
        self.receiver = receiver
    }
}

/// A run's result from its run directory: the same figures each time, and as many as what is left of it allows.
package enum RunAnalysis {
    /// Analyses a run; expectations and the verdict are left for `Compare`.
    ///
    /// - Parameters:
    ///   - sender: the capture at the sender, `nil` where there is none.
    ///   - receiver: the capture at the receiver.
    ///   - delivered: the capture of what a protocol that repairs gave out.
    ///   - hops: of a link of several, the captures of each, which are read anew; else nothing.
    ///   - netlabVersion: of the program that analyses.
    package static func analyze(
        _ inputs: RunInputs, sender: (any FrameSource)?, receiver: (any FrameSource)?,
        delivered: (any FrameSource)? = nil,
        hops: [HopCaptures] = [], netlabVersion: String
    ) -> RunResult {
        var merge = CaptureMerge(sender: sender, receiver: receiver)
        let times = RunTimes(inputs.run, plan: inputs.plan, first: merge.time)
        let bins = TimeBins(from: times.all.lowerBound, to: times.all.upperBound, origin: times.origin)
        let isChain = !inputs.plan.furtherHops.isEmpty
        let ends = LinkEnds(of: inputs.run)
        let phases = isChain ? LinkPhase.wholeWay(inputs.plan, times) : LinkPhase.phases(inputs, times)
        let link = LinkPass(
            ends, inputs, phases: phases, times: times, bins: bins, wire: WireMeter(inputs, start: times.origin))
        var pass = CapturePass(inputs, link: link, bins: bins)
        let end = merge.forEach(ends) { pass.add($0, at: $1) }
        pass.finish(lastWords: lastWords(of: inputs.run), end: end)

        var result = RunResult(netlabVersion: netlabVersion, plan: inputs.plan, run: inputs.run)
        let reports = pass.reports(senderDamage: sender?.damage, receiverDamage: receiver?.damage)
        if sender != nil { result.sent = reports.sent }
        if receiver != nil { result.received = reports.received }
        if inputs.plan.pipeline.protocol == .rist { RISTAnalysis.forgetRepeats(in: &result) }
        var strangers = pass.link.strangers
        let maker = LinkResult(times: times, bins: bins)
        if sender != nil, receiver != nil, pass.link.canMatch {
            if isChain { maker.addWay(pass.link, to: &result) } else { maker.add(pass.link, inputs, to: &result) }
        }
        if !isChain { maker.addBacklog(inputs.queue, to: &result) }
        for (index, captures) in hops.enumerated() where index < inputs.run.hops.count {
            strangers += maker.addHop(index, captures, inputs, lastWords: lastWords(of: inputs.run), to: &result)
        }
        result.repair = pass.repair?.report
        SRTAnalysis(inputs.srt, times: times)?.add(to: &result)
        RISTAnalysis(inputs.rist, times: times)?.add(to: &result)
        if receiver != nil { addMedia(pass, inputs, times: times, bins: bins, to: &result) }
        let tcp = TCPAnalysis(inputs.tcp, origin: times.origin)
        result.tcp = tcp.report
        result.programs = ProgramsAnalysis(inputs: inputs).report(traffic: pass.traffic.report)
        result.series += tcp.series(bins)
        let http = HTTPAnalysis(inputs, origin: times.origin)
        result.http = http.report(captured: receiver == nil ? nil : pass.answers?.bytes)
        result.series += http.series(bins)
        result.rtmp = RTMPReport(inputs.rtmp)
        let media = result.cameras?.flatMap(\.media) ?? result.media
        if sender != nil, receiver != nil, pass.link.canMatch { result.wire = pass.link.wire?.report(media) }
        result.transportStreams = pass.transportStreams()
        if let delivered, let report = TransportStreamReport(delivered: delivered, inputs.run) {
            result.transportStreams.append(report)
        }
        result.absences = Absences(of: result, pass).all
        result.validity = ValidityChecks(inputs, result: result, strangers: strangers).checks
        return result
    }

    /// A run that ended as planned waited for all that was sent until then; what the hosts said to each other behind
    /// it, such as that a port is closed, may have been under way when the captures ended. `nil` for other runs.
    private static func lastWords(of run: RunRecord) -> Timestamp? {
        run.outcome == .completed ? run.streamEnd : nil
    }

    private static func addMedia(
        _ pass: CapturePass, _ inputs: RunInputs, times: RunTimes, bins: TimeBins, to result: inout RunResult
    ) {
        guard inputs.plan.pipeline.knowsReception || inputs.plan.pipeline.protocol.hasStreamOfEachKind else { return }
        let control = result.received?.reports ?? []
        result.cameras = CameraReports(pass, inputs, control: control, times: times).reports
        result.rtsp = RTSPReport(inputs, departures: pass.departures)
        let inputs = inputs.only(camera: 1)
        let units = UnitFate.fates(pass, inputs)
        result.media = MediaReport.reports(units, inputs)
        for facts in inputs.streams {
            result.series += facts.rtp.flatMap { pass.streamSeries[$0.ssrc] }?.series(facts.stream) ?? []
        }
        addPlayer(units, inputs, request: pass.link.wire?.request, times: times, bins: bins, to: &result)
        let sync = SyncReports(inputs, units: units, control: control, origin: times.origin)
        result.sync = sync.reports
        result.series += sync.series(bins: bins)
    }

    private static func addPlayer(
        _ units: [MediaKind: [UnitFate]], _ inputs: RunInputs, request: Timestamp?, times: RunTimes, bins: TimeBins,
        to result: inout RunResult
    ) {
        let all = units.values.flatMap(\.self)
        guard let played = PlayedFrames(units, inputs) else { return }
        result.player = PlayerReport(played, origin: times.origin)
        if let request { result.player?.startupFromRequest = played.model.anchors.first.map { $0.time - request } }
        let recovery = Recovery(model: played.model, frames: played.frames, units: all, origin: times.origin)
        result.outages = LinkOutage.all(inputs.plan, inputs.run).map(recovery.report)
        let series = PlayerSeries(played.model, frames: played.frames, bins: bins)
        let knowsLatency = inputs.plan.pipeline.knowsDepartures
        if !knowsLatency { result.player?.liveLatency = nil }
        result.series += [series.buffer, knowsLatency ? series.latency : nil].compactMap(\.self)
    }
}

/// What a player shows.
struct PlayedFrames {
    let frames: [PlayerFrame]
    let policy: PlayerPolicy
    let model: PlayerModel

    /// What is heard follows what is seen; without pictures the sound is what is played. `nil` where nothing was sent.
    init?(_ units: [MediaKind: [UnitFate]], _ inputs: RunInputs) {
        guard let units = units[.video] ?? units[.audio], !units.isEmpty else { return nil }
        frames = units.map { PlayerFrame(pts: $0.unit.pts, source: $0.unit.due, arrival: $0.completed) }
            .sorted { $0.pts < $1.pts }
        policy = inputs.player ?? inputs.plan.pipeline.player
        model = PlayerModel(frames, policy: policy)
    }
}

extension PlayerReport {
    init(_ played: PlayedFrames, origin: Timestamp) {
        self.init(played.model, frames: played.frames, policy: played.policy, origin: origin)
    }
}
