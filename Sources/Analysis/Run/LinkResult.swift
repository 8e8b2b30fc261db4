internal import LabModel

/// Puts what the captures show of links into a run's result.
struct LinkResult {
    let times: RunTimes
    let bins: TimeBins

    /// All that there is of a link of one hop, or of one of several.
    ///
    /// - Parameters:
    ///   - inputs: as if the hop were the link.
    ///   - hop: of several, from 1.
    func add(_ link: LinkPass, _ inputs: RunInputs, hop: Int? = nil, to result: inout RunResult) {
        for truth in [link.downlink, link.uplink] {
            var report = truth.report
            report.hop = hop
            let samples = inputs.queue.filter { $0.direction == truth.direction }
            let before = samples.last { $0.time <= times.stream.lowerBound } ?? samples.first
            if let before, let last = samples.last {
                report.queueDrops = last.queueDrops - before.queueDrops
                report.pathDrops = last.pathDrops - before.pathDrops
            }
            result.links.append(report)
            result.proofs += proofs(of: truth, inputs).map { proof in
                var proof = proof
                proof.hop = hop
                return proof
            }
            result.changes += truth.watch.reports(truth.direction, run: inputs.run, origin: times.origin)
            result.series += truth.series.series(truth.direction, phases: link.phases[truth.direction] ?? [])
                .map { $0.ofHop(hop) }
        }
    }

    private func proofs(of truth: LinkTruth, _ inputs: RunInputs) -> [LinkProof] {
        let prover = LinkProver(
            direction: truth.direction, origin: times.origin, probes: inputs.run.probes, queue: inputs.queue,
            isVirtualTime: inputs.run.engine == .virtual)
        let (from, to) = (times.all.lowerBound, times.all.upperBound)
        return truth.phases.flatMap { prover.proofs(of: $0) } + prover.counted(truth, inputs.run, from: from, to: to)
            + prover.flowProofs(truth, inputs.run, from: from, to: to)
            + prover.largest(truth, inputs, from: from, to: to) + truth.courses.flatMap { prover.proofs(of: $0) }
    }

    /// Over several hops: what came of the packets, which none of the hops alone explains.
    func addWay(_ link: LinkPass, to result: inout RunResult) {
        for truth in [link.downlink, link.uplink] {
            var report = truth.report
            (report.delayError, report.busyRate) = (nil, nil)
            result.links.append(report)
            result.series += truth.series.series(truth.direction, phases: link.phases[truth.direction] ?? [])
        }
    }

    /// One of several hops; how many packets came to one of its ends without having left the other.
    ///
    /// - Parameter index: from 0.
    func addHop(
        _ index: Int, _ captures: HopCaptures, _ inputs: RunInputs, lastWords: Timestamp?, to result: inout RunResult
    ) -> Int64 {
        let ends = LinkEnds(ofHop: index, in: inputs.run)
        let inputs = inputs.ofHop(index)
        addBacklog(inputs.queue, hop: index + 1, to: &result)
        guard captures.sender != nil, captures.receiver != nil, ends.areKnown else { return 0 }
        var link = LinkPass(ends, inputs, phases: LinkPhase.phases(inputs, times), times: times, bins: bins)
        var merge = CaptureMerge(sender: captures.sender, receiver: captures.receiver)
        let end = merge.forEach(ends) { frame, point in
            if link.isCorrupted(frame, at: point) { return }
            if let packet = NetworkPacket(frame) { link.add(packet, frame, at: point) }
        }
        link.finish(lastWords: lastWords, end: end)
        add(link, inputs, hop: index + 1, to: &result)
        return link.strangers
    }

    func addBacklog(_ samples: [QueueSample], hop: Int? = nil, to result: inout RunResult) {
        for direction in Direction.allCases {
            var mean = BinnedMean(bins)
            for sample in samples where sample.direction == direction {
                mean.add(Double(sample.backlog.bytes), at: sample.time)
            }
            if let series = bins.series(Series.Name.backlog(direction), .size, mean.values) {
                result.series.append(series.ofHop(hop))
            }
        }
    }
}

extension Series {
    fileprivate func ofHop(_ hop: Int?) -> Series {
        var series = self
        series.name = Name.ofHop(hop, name)
        return series
    }
}

extension RunInputs {
    /// What concerns one hop of several, as if it were the link.
    ///
    /// - Parameter index: from 0.
    func ofHop(_ index: Int) -> RunInputs {
        var view = self
        let number = plan.number(ofHop: index)
        (view.plan.link, view.plan.furtherHops) = (plan.hops[index], [])
        view.run.readbacks.removeAll { $0.hop != number }
        view.run.finalReadbacks.removeAll { $0.hop != number }
        view.queue.removeAll { $0.hop != number }
        // What a probe measures is what all hops let through.
        view.run.probes = []
        return view
    }
}
