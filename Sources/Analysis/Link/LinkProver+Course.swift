internal import LabModel

/// Ramps and traces, each judged as a whole.
extension LinkProver {
    func proofs(of truth: CourseTruth) -> [LinkProof] {
        [rate(truth), delay(truth), loss(truth), order(truth)].compactMap(\.self)
    }

    private func proof(
        _ property: LinkProof.Property, _ quantity: Quantity, of truth: CourseTruth, witness: String = "captures"
    ) -> LinkProof {
        LinkProof(
            direction: direction, property: property, from: truth.course.from, to: truth.course.to,
            quantity: quantity, judgement: .unmeasured, witness: witness)
    }

    /// What passed while the link was full, against what can pass where each frame takes as long as it takes at the rate
    /// at which it begins.
    private func rate(_ truth: CourseTruth) -> LinkProof? {
        guard truth.windows.contains(where: \.asked.isFinite) else { return nil }
        var proof = proof(.rate, .rate, of: truth)
        let full = truth.windows.filter { $0.isFull && $0.asked.isFinite && $0.applied.isFinite }
        guard full.count >= 5 else {
            proof.note = "\(truth.course.text): the link was full for \(full.count) windows of 100 ms, fewer than five"
            return proof
        }
        let time = Double(full.count) * CourseTruth.window.seconds
        let taken = full.reduce(0) { $0 + $1.taken }
        let passed = full.reduce(0) { $0 + $1.passed }
        proof.asked = full.reduce(0) { $0 + $1.asked } / time
        proof.applied = full.reduce(0) { $0 + $1.applied } / time
        proof.measured = passed / time
        if taken > 0 { proof.predicted = passed / taken }
        proof.judge(error: taken / time - 1, tolerance: 0.01)
        if !isInTime(truth.lateness) || truth.isPassive && !follows(full) { proof.judgement = .off }
        let errors = full.map { abs($0.passed - $0.asked) / 8 }
        proof.note =
            "\(truth.course.text): in \(full.count) full windows of 100 ms; half of them within "
            + "\(bytes(errors.quantile(0.5))) of what was asked, 95 % within \(bytes(errors.quantile(0.95))); the kernel "
            + "took 95 % of the steps within \(milliseconds(truth.lateness.map(\.seconds).quantile(0.95)))"
        return proof
    }

    /// Whether nearly every window followed: its frames took as long as it is, within 1 % and the millisecond that the
    /// shaper's burst makes good.
    private func follows(_ windows: [CourseTruth.Window]) -> Bool {
        let errors = windows.map { abs($0.taken - CourseTruth.window.seconds) }
        return errors.quantile(0.95) <= 0.01 * CourseTruth.window.seconds + 0.001
    }

    /// Whether the kernel was told in time: half of the shortest step at the most.
    private func isInTime(_ lateness: [TimeSpan]) -> Bool { lateness.map(\.seconds).quantile(0.95) <= 0.005 }

    private func bytes(_ value: Double) -> String { Quantity.size.text(value.rounded()) }

    private func milliseconds(_ value: Double) -> String { Quantity.time.text(value) }

    private func delay(_ truth: CourseTruth) -> LinkProof {
        var proof = proof(.delay, .time, of: truth)
        let alone = truth.errorAlone.count >= 10 || truth.errorAlone.count == truth.errorAll.count
        // Behind a queue in which flows take turns, or whose pace is real time's, nothing is known of a single packet.
        guard alone || isVirtualTime && truth.keepsQueueOrder else {
            proof.note = "too few packets found the queue empty, whose pace hides the path's delay"
            return proof
        }
        let errors = alone ? truth.errorAlone : truth.errorAll
        guard !truth.varies, errors.count >= 3, let error = errors.percentile(0.5) else {
            proof.note = truth.varies ? "jitter hides the path's delay" : "fewer packets came than can tell"
            return proof
        }
        let asked = truth.askedDelay / Double(truth.passed)
        let applied = truth.appliedDelay / Double(truth.passed)
        (proof.asked, proof.applied, proof.measured) = (asked, applied, applied + error.seconds)
        // Behind a queue each change's lateness adds to the model's error.
        proof.judge(error: applied + error.seconds - asked, tolerance: alone ? 0.0005 : 0.002)
        proof.note =
            "mean over \(truth.passed) packets, with the median error of \(errors.count)"
            + (alone ? " that did not wait in the queue" : ", queue taken off")
        return proof
    }

    private func loss(_ truth: CourseTruth) -> LinkProof {
        var proof = proof(.loss, .ratio, of: truth)
        let packets = Double(truth.passed)
        guard packets >= 1 else {
            proof.note = "no packet passed"
            return proof
        }
        let span = LinkPhase(
            from: truth.from, to: truth.from + (truth.course.to - truth.course.from), asked: .clean)
        let counted = truth.queueDrops > 0 ? counters(span) : nil
        if counted != nil { proof.witness = "captures, and the path's drop counter" }
        let losses = Double(counted.map { min($0 + truth.cut, truth.lost + truth.queueDrops) } ?? truth.lost)
        let spread = truth.lossVariance.squareRoot()
        proof.asked = truth.expectedLosses / packets
        proof.applied = truth.appliedLosses / packets
        proof.measured = losses / packets
        proof.low = max(0, losses - 1.96 * spread) / packets
        proof.high = min(packets, losses + 1.96 * spread) / packets
        proof.error = (losses - truth.expectedLosses) / packets
        // A packet more is what chance makes of any expectation that is less than one.
        let allowed = truth.expectedLosses == 0 ? 0 : 3.29 * spread + 1
        proof.judgement = abs(losses - truth.expectedLosses) <= allowed ? .confirmed : .off
        proof.note = "\(Int64(losses)) of \(truth.passed) packets; off where 99.9 % of chance does not explain it"
        return proof
    }

    private func order(_ truth: CourseTruth) -> LinkProof? {
        guard truth.keepsOrder, truth.passed >= 2 else { return nil }
        var proof = proof(.order, .count, of: truth)
        proof.asked = 0
        proof.measured = Double(truth.reordered)
        proof.judge(error: Double(truth.reordered), tolerance: 0)
        proof.note = "packets that came behind one sent after them, of \(truth.passed)"
        return proof
    }
}

extension [Double] {
    /// The least that a share `rank` of them do not exceed; 0 of nothing.
    fileprivate func quantile(_ rank: Double) -> Double {
        isEmpty ? 0 : sorted()[Swift.max(0, Int((rank * Double(count)).rounded(.up)) - 1)]
    }
}
