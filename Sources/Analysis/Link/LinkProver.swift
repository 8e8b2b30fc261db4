internal import LabModel

/// Makes the lines of "asked, applied, measured" from what the captures show of one direction.
struct LinkProver {
    let direction: Direction
    /// Second 0 of the stream.
    let origin: Timestamp
    let probes: [ProbeResult]
    let queue: [QueueSample]
    /// Nothing can hold up the lab's kernel.
    let isVirtualTime: Bool

    /// The proofs of a phase.
    func proofs(of truth: PhaseTruth) -> [LinkProof] {
        [rate(truth), delay(truth), jitter(truth), loss(truth), queueing(truth), order(truth)].compactMap(\.self)
            + pathProofs(truth) + besideProofs(truth)
    }

    func proof(
        _ property: LinkProof.Property, _ quantity: Quantity, of truth: PhaseTruth, asked: Double?, applied: Double?,
        witness: String = "captures"
    ) -> LinkProof {
        var proof = LinkProof(
            direction: direction, property: property, from: truth.phase.from - origin, to: truth.phase.to - origin,
            quantity: quantity, judgement: .unmeasured, witness: witness)
        proof.asked = asked
        proof.applied = applied
        return proof
    }
}

extension LinkProver {
    private func rate(_ truth: PhaseTruth) -> LinkProof? {
        guard let asked = truth.phase.asked.rate else { return nil }
        var proof = proof(
            .rate, .rate, of: truth, asked: Double(asked.bitsPerSecond),
            applied: (truth.phase.applied?.rate?.bitsPerSecond).map(Double.init))
        guard let measured = truth.busy.rate ?? probed(truth.phase, note: &proof) else {
            proof.note = "nothing filled the link for half a second, and no throughput probe ran"
            return proof
        }
        proof.measured = Double(measured.bitsPerSecond)
        let error = Double(measured.bitsPerSecond) / Double(asked.bitsPerSecond) - 1
        let tolerance = proof.witness == "captures" ? truth.busy.tolerance : Self.probeTolerance
        guard proof.witness == "captures" || error >= -tolerance else {
            // The captures saw nothing wait: the sender was too slow, not the link.
            proof.measured = nil
            proof.note = "nothing filled the link; the fastest throughput probe had \(text(measured))"
            return proof
        }
        proof.judge(error: error, tolerance: tolerance)
        if proof.witness == "captures" {
            proof.note =
                "\(truth.phase.effective.queue.layer) layer, over \(text(truth.busy.time)) in which the link was full"
        }
        return proof
    }

    /// Of the rate that a throughput probe had.
    private static let probeTolerance = 0.01

    /// The rate of a throughput probe in the phase: only where the captures cannot tell.
    private func probed(_ phase: LinkPhase, note proof: inout LinkProof) -> Rate? {
        guard direction == .downlink else { return nil }
        let rates = probes.filter { $0.started >= phase.from && $0.ended <= phase.to && $0.failure == nil }
            .compactMap(\.ethernetRate)
        guard let rate = rates.max() else { return nil }
        proof.witness = "throughput probe"
        return rate
    }

    private func delay(_ truth: PhaseTruth) -> LinkProof {
        var proof = proof(
            .delay, .time, of: truth, asked: truth.phase.asked.delay.seconds,
            applied: truth.phase.applied?.delay.seconds)
        if let outcome = truth.envelope?.outcome {
            proof.measured = outcome.centre.seconds
            proof.predicted = outcome.predictedCentre.seconds
            proof.note =
                truth.phase.effective.path.raw
                ? "median of \(truth.passed) packets, in no order"
                : "median with jitter in order: each packet waits for the slowest before it"
            proof.judge(
                error: (outcome.centre - outcome.predictedCentre).seconds, tolerance: outcome.centreTolerance.seconds)
            return proof
        }
        guard truth.phase.effective.path.slots == nil else {
            proof.note = "packets wait for their slot"
            return proof
        }
        // A packet that waited for others shows the queue's model too: those count where there are no others.
        let alone = truth.errorAlone.count >= 10 || truth.errorAlone.count == truth.errorAll.count
        guard alone || truth.phase.effective.queue.keepsOrder else {
            proof.note = "too few packets found the queue empty, in which flows take turns"
            return proof
        }
        // A timer that is late by 0.01 % adds up to milliseconds while the queue is never empty.
        guard alone || isVirtualTime else {
            proof.note = "too few packets found the queue empty, whose pace in real time hides the path's delay"
            return proof
        }
        let errors = alone ? truth.errorAlone : truth.errorAll
        guard !truth.phase.effective.pathVaries, let error = errors.percentile(0.5), errors.count >= 3 else {
            proof.note = "fewer packets came than can tell"
            return proof
        }
        proof.measured = (truth.phase.effective.delay + error).seconds
        proof.judge(error: (truth.phase.effective.delay + error - truth.phase.asked.delay).seconds, tolerance: 0.0005)
        proof.note =
            "median of \(errors.count) packets\(alone ? " that did not wait in the queue" : ", queue taken off")"
        return proof
    }

    private func jitter(_ truth: PhaseTruth) -> LinkProof? {
        guard truth.phase.asked.jitter > .zero else { return nil }
        var proof = proof(
            .jitter, .time, of: truth, asked: truth.phase.asked.jitter.seconds,
            applied: truth.phase.applied?.jitter.seconds)
        guard let outcome = truth.envelope?.outcome else {
            proof.note = truth.envelope == nil ? "packets wait for their slot" : "fewer packets came than can tell"
            return proof
        }
        proof.measured = outcome.spread.seconds
        proof.predicted = outcome.predictedSpread.seconds
        proof.judge(
            error: (outcome.spread - outcome.predictedSpread).seconds, tolerance: outcome.spreadTolerance.seconds)
        proof.note = "spread from the 5th to the 95th percentile, measured and predicted for the same packets"
        if outcome.distance == nil {
            proof.note? += ", which all waited in the queue"
            if !isVirtualTime {
                proof.withdraw("every packet waited in the queue, whose pace in real time hides the path's jitter")
            }
        }
        return proof
    }

    private func loss(_ truth: PhaseTruth) -> LinkProof {
        let isDown = truth.phase.asked.carrier == .down
        let asked = truth.phase.asked.lossOnTheWay
        if truth.phase.asked.path.marks { return lossOfUnmarkable(truth) }
        var proof = proof(
            .loss, .ratio, of: truth, asked: asked.meanLoss.value,
            applied: truth.phase.applied?.lossOnTheWay.meanLoss.value)
        let counted = truth.queueDrops > 0 && !isDown ? counters(truth.phase) : nil
        let losses = Double(counted.map { min($0, truth.pathLosses + truth.queueDrops) } ?? truth.pathLosses)
        let passed = counted.map { _ in truth.passed - truth.pathLosses + Int64(losses) } ?? truth.passed
        let packets = Double(passed)
        guard packets >= 1, losses <= packets else {
            proof.note = "no packet passed"
            return proof
        }
        if counted != nil { proof.witness = "captures, and the path's drop counter" }
        if truth.phase.effective.predictsLoss, let replicas = truth.fateReplicas {
            proof.hold(
                Prediction(
                    measured: losses / packets, replicas: replicas.counts.map { $0.share(\.picked) }, least: 1 / packets
                ).scaled(replicas.scale))
            proof.note = "\(Int64(losses)) of \(truth.passed) packets; predicted by the kernel's arithmetic"
            return proof
        }
        let trials = packets / asked.varianceInflation
        let interval = ProportionInterval(successes: losses / asked.varianceInflation, trials: trials, deviations: 1.96)
        let wide = ProportionInterval(successes: losses / asked.varianceInflation, trials: trials, deviations: 3.29)
        proof.measured = losses / packets
        (proof.low, proof.high) = (interval.low, interval.high)
        proof.error = losses / packets - asked.meanLoss.value
        proof.judgement = wide.contains(asked.meanLoss.value) ? .confirmed : .off
        if asked.meanLoss == .zero, losses > 0 { proof.judgement = .off }
        proof.note = "\(Int64(losses)) of \(passed) packets; off where 99.9 % of chance does not explain it"
        return proof
    }

    private func order(_ truth: PhaseTruth) -> LinkProof {
        let keepsOrder = truth.phase.asked.keepsOrder
        var proof = proof(.order, .count, of: truth, asked: keepsOrder ? 0 : nil, applied: nil)
        guard truth.passed >= 2 else {
            proof.note = "no packets passed"
            return proof
        }
        proof.note =
            truth.phase.effective.queue.keepsOrder
            ? "packets that came behind one sent after them, of \(truth.passed)"
            : "datagrams that came behind one of their flow sent after them; flows take turns"
        if keepsOrder {
            let reordered = truth.reordered + truth.beside.reordered
            proof.measured = Double(reordered)
            proof.judge(error: Double(reordered), tolerance: 0)
        } else if let prediction = truth.envelope?.reordering {
            proof.hold(prediction)
        } else {
            proof.note = "packets wait for their slot"
        }
        return proof
    }
}

extension LinkProver {
    func samples(_ phase: LinkPhase) -> [QueueSample] {
        queue.filter { $0.direction == direction && $0.time >= phase.from && $0.time < phase.to }
    }

    /// What the path's own counter says it dropped in the phase; `nil` where it was not polled.
    func counters(_ phase: LinkPhase) -> Int64? {
        let samples = samples(phase)
        guard let first = samples.first, let last = samples.last, last.time - first.time > .seconds(0.5) else {
            return nil
        }
        return last.pathDrops - first.pathDrops
    }

    private func text(_ span: TimeSpan) -> String { "\((span.seconds * 10).rounded() / 10) s" }

    private func text(_ rate: Rate) -> String { "\((Double(rate.bitsPerSecond) / 1e5).rounded() / 10) Mbit/s" }
}

extension LinkProof {
    mutating func judge(error: Double, tolerance: Double) {
        self.error = error
        self.tolerance = tolerance
        judgement = abs(error) <= tolerance ? .confirmed : .off
    }

    /// Says that nothing could show it, whatever was read.
    mutating func withdraw(_ reason: String) {
        (measured, error, tolerance) = (nil, nil, nil)
        judgement = .unmeasured
        note = reason
    }
}

extension LossModel {
    /// How much more the count of losses varies than if each packet were for itself: 1 plus twice the sum of the
    /// autocorrelations of the Gilbert-Elliott chain, whose states persist with 1 - p - r.
    var varianceInflation: Double {
        guard case .gilbertElliott(let model) = self else { return 1 }
        let turnover = model.p.value + model.r.value
        let mean = meanLoss.value
        guard turnover > 0, turnover < 2, mean > 0, mean < 1 else { return 1 }
        let bad = model.p.value / turnover
        let difference = model.lossInBad.value - model.lossInGood.value
        let covariance = bad * (1 - bad) * difference * difference
        return max(1, 1 + 2 * covariance * (1 - turnover) / turnover / (mean * (1 - mean)))
    }
}
