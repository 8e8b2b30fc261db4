package import LabModel

/// A run's result from its run directory: the same figures each time, and as many as what is left of it allows.
package enum RunAnalysis {
    /// Analyses a run; expectations and the verdict are left for `Compare`.
    ///
    /// - Parameters:
    ///   - sender: the capture at the sender, `nil` where there is none.
    ///   - receiver: the capture at the receiver.
    ///   - netlabVersion: of the program that analyses.
    package static func analyze(
        _ inputs: RunInputs, sender: (any FrameSource)?, receiver: (any FrameSource)?, netlabVersion: String
    ) -> RunResult {
        var merge = CaptureMerge(sender: sender, receiver: receiver)
        let times = RunTimes(inputs.run, plan: inputs.plan, first: merge.time)
        let bins = TimeBins(from: times.all.lowerBound, to: times.all.upperBound, origin: times.origin)
        var phases: [Direction: [LinkPhase]] = [:]
        for direction in Direction.allCases {
            phases[direction] = LinkPhase.phases(
                of: direction, plan: inputs.plan, run: inputs.run, from: times.all.lowerBound,
                to: times.all.upperBound, origin: times.origin)
        }
        var pass = CapturePass(inputs, times: times, phases: phases, bins: bins)
        run(&pass, over: &merge, lastWords: lastWords(of: inputs.run), phases: phases)

        var result = RunResult(netlabVersion: netlabVersion, plan: inputs.plan, run: inputs.run)
        let reports = pass.reports(senderDamage: sender?.damage, receiverDamage: receiver?.damage)
        if sender != nil { result.sent = reports.sent }
        if receiver != nil { result.received = reports.received }
        if sender != nil, receiver != nil, pass.canMatch {
            addLinks(pass, inputs, times: times, phases: phases, to: &result)
        }
        addBacklog(inputs.queue, bins: bins, to: &result)
        if receiver != nil { addMedia(pass, inputs, times: times, bins: bins, to: &result) }
        result.validity = ValidityChecks(inputs, result: result, strangers: pass.strangers).checks
        return result
    }

    private static func run(
        _ pass: inout CapturePass, over merge: inout CaptureMerge, lastWords: Timestamp?,
        phases: [Direction: [LinkPhase]]
    ) {
        var last: Timestamp?
        let reference = pass
        let senderFirst = { (frame: CapturedFrame) in
            NetworkPacket(frame).map { reference.direction(of: $0) != .uplink } ?? true
        }
        while merge.next(
            senderFirst: senderFirst,
            { frame, point in
                last = frame.time
                pass.add(frame, at: point)
            })
        {}
        let longest = phases.values.joined().map(\.longestDelay).max() ?? .zero
        let hasSlots = phases.values.joined().contains { $0.effective.path.slots != nil }
        pass.finish(underWaySince: (hasSlots ? nil : lastWords) ?? last.map { $0 - longest - .milliseconds(50) })
    }

    /// A run that ended as planned waited for all that was sent until then; what the hosts said to each other behind
    /// it, such as that a port is closed, may have been under way when the captures ended. `nil` for other runs.
    private static func lastWords(of run: RunRecord) -> Timestamp? {
        run.outcome == .completed ? run.streamEnd : nil
    }

    private static func addLinks(
        _ pass: CapturePass, _ inputs: RunInputs, times: RunTimes, phases: [Direction: [LinkPhase]],
        to result: inout RunResult
    ) {
        for truth in [pass.downlink, pass.uplink] {
            var report = truth.report
            let samples = inputs.queue.filter { $0.direction == truth.direction }
            let before = samples.last { $0.time <= times.stream.lowerBound } ?? samples.first
            if let before, let last = samples.last {
                report.queueDrops = last.queueDrops - before.queueDrops
                report.pathDrops = last.pathDrops - before.pathDrops
            }
            result.links.append(report)
            let prover = LinkProver(
                direction: truth.direction, origin: times.origin, probes: inputs.run.probes, queue: inputs.queue,
                isVirtualTime: inputs.run.engine == .virtual)
            for phase in truth.phases { result.proofs += prover.proofs(of: phase) }
            result.proofs += prover.counted(truth, inputs.run, from: times.all.lowerBound, to: times.all.upperBound)
            result.proofs += prover.flowProofs(truth, inputs.run, from: times.all.lowerBound, to: times.all.upperBound)
            result.changes += truth.watch.reports(truth.direction, run: inputs.run, origin: times.origin)
            for course in truth.courses { result.proofs += prover.proofs(of: course) }
            result.series += truth.series.series(truth.direction, phases: phases[truth.direction] ?? [])
        }
    }

    private static func addBacklog(_ samples: [QueueSample], bins: TimeBins, to result: inout RunResult) {
        for direction in Direction.allCases {
            var mean = BinnedMean(bins)
            for sample in samples where sample.direction == direction {
                mean.add(Double(sample.backlog.bytes), at: sample.time)
            }
            if let series = bins.series(Series.Name.backlog(direction), .size, mean.values) {
                result.series.append(series)
            }
        }
    }

    private static func addMedia(
        _ pass: CapturePass, _ inputs: RunInputs, times: RunTimes, bins: TimeBins, to result: inout RunResult
    ) {
        let units = fates(pass, inputs)
        for kind in MediaKind.allCases {
            guard let facts = inputs.facts(kind), let units = units[kind] else { continue }
            var report = MediaReport(units, facts: facts)
            if kind == .video { MarkAnalysis(inputs.frameMarks, facts: facts)?.count(into: &report) }
            result.media.append(report)
        }
        for kind in MediaKind.allCases { result.series += pass.streamSeries[kind]?.series(kind) ?? [] }
        addPlayer(units, inputs, times: times, bins: bins, to: &result)
        let sync = SyncReports(
            inputs, units: units, control: result.received?.reports ?? [],
            origin: times.origin)
        result.sync = sync.reports
        result.series += sync.series(bins: bins)
    }

    /// By the packets at the receiver, where each unit has its own, else by what the receiver made of them.
    private static func fates(_ pass: CapturePass, _ inputs: RunInputs) -> [MediaKind: [UnitFate]] {
        var fates: [MediaKind: [UnitFate]] = [:]
        for facts in inputs.streams {
            if facts.rtp != nil {
                fates[facts.stream] = pass.units[facts.stream]?.units
            } else {
                fates[facts.stream] = UnitFate.fates(
                    of: inputs.sent.filter { $0.stream == facts.stream },
                    received: inputs.received.filter { $0.stream == facts.stream })
            }
        }
        return fates
    }

    private static func addPlayer(
        _ units: [MediaKind: [UnitFate]], _ inputs: RunInputs, times: RunTimes, bins: TimeBins,
        to result: inout RunResult
    ) {
        // What is heard follows what is seen; without pictures the sound is what is played.
        guard let units = units[.video] ?? units[.audio], !units.isEmpty else { return }
        let frames = units.map { PlayerFrame(pts: $0.unit.pts, sent: $0.unit.firstSent, arrival: $0.completed) }
            .sorted { $0.pts < $1.pts }
        let policy = inputs.player ?? inputs.plan.pipeline.player
        let model = PlayerModel(frames, policy: policy)
        result.player = PlayerReport(model, frames: frames, policy: policy, origin: times.origin)
        let series = PlayerSeries(model, frames: frames, bins: bins)
        result.series += [series.buffer, series.latency].compactMap(\.self)
    }
}
