internal import LabModel

/// What netem does beside delay, jitter and plain loss.
extension LinkProver {
    func pathProofs(_ truth: PhaseTruth) -> [LinkProof] {
        [burst(truth), mark(truth), duplicate(truth), corrupt(truth), reorder(truth), distribution(truth), slot(truth)]
            .compactMap(\.self)
    }

    /// The mean length of a run of lost packets, where the model makes runs.
    private func burst(_ truth: PhaseTruth) -> LinkProof? {
        guard truth.phase.asked.loss.makesBursts else { return nil }
        var proof = proof(.burst, .count, of: truth, asked: nil, applied: nil)
        let measured = truth.fates
        guard measured.bursts >= 5, let replicas = truth.fateReplicas else {
            proof.note = "fewer than five runs of lost packets"
            return proof
        }
        let lengths = replicas.counts.map(\.burstLength)
        proof.hold(
            Prediction(measured: measured.burstLength, replicas: lengths, least: 0.01).scaled(replicas.scale))
        proof.note = "packets in a run of losses, in \(measured.bursts) runs"
        return proof
    }

    private func duplicate(_ truth: PhaseTruth) -> LinkProof? {
        let asked = truth.phase.asked.path.duplicate
        guard asked != nil || truth.fates.duplicated > 0 else { return nil }
        var proof = share(
            .duplicate, \.duplicated, of: truth, asked: asked, applied: truth.phase.applied?.path.duplicate)
        proof.note = proof.note ?? "\(truth.fates.duplicated) of \(truth.fates.packets) packets came twice"
        return proof
    }

    private func corrupt(_ truth: PhaseTruth) -> LinkProof? {
        let asked = truth.phase.asked.path.corrupt
        guard asked != nil || truth.fates.corrupted > 0 else { return nil }
        var proof = share(.corrupt, \.corrupted, of: truth, asked: asked, applied: truth.phase.applied?.path.corrupt)
        proof.note =
            proof.note
            ?? "\(truth.fates.corrupted) of \(truth.fates.packets) packets came with a single bit turned over"
        return proof
    }

    /// Packets that the loss model picked and marked, of those that could be.
    private func mark(_ truth: PhaseTruth) -> LinkProof? {
        guard truth.phase.asked.path.marks else { return nil }
        return picked(truth.markable, .mark, of: truth, word: "ECN-capable packets came marked CE")
    }

    /// Where marks stand for losses, only what cannot be marked is lost.
    func lossOfUnmarkable(_ truth: PhaseTruth) -> LinkProof {
        picked(truth.unmarkable, .loss, of: truth, word: "packets that cannot be marked were lost")
    }

    private func picked(
        _ measured: FateCount, _ property: LinkProof.Property, of truth: PhaseTruth, word: String
    ) -> LinkProof {
        var proof = proof(
            property, .ratio, of: truth, asked: truth.phase.asked.loss.meanLoss.value,
            applied: truth.phase.applied?.loss.meanLoss.value)
        proof.note = "\(measured.picked) of \(measured.packets) \(word)"
        guard measured.packets >= 30 else { return proof }
        let replicas = FateCount.replicas(of: truth.phase.effective, packets: measured.packets)
        proof.hold(
            Prediction(
                measured: measured.share(\.picked), replicas: replicas.counts.map { $0.share(\.picked) },
                least: 1 / Double(measured.packets)
            ).scaled(replicas.scale))
        return proof
    }

    private func share(
        _ property: LinkProof.Property, _ part: KeyPath<FateCount, Int64>, of truth: PhaseTruth, asked: Chance?,
        applied: Chance?
    ) -> LinkProof {
        var proof = proof(
            property, .ratio, of: truth, asked: asked?.share.value ?? 0, applied: applied?.share.value)
        guard truth.fates.packets >= 30, let replicas = truth.fateReplicas else {
            proof.note = "fewer packets came than can tell"
            return proof
        }
        proof.hold(
            Prediction(
                measured: truth.fates.share(part), replicas: replicas.counts.map { $0.share(part) },
                least: 1 / Double(truth.fates.packets)
            ).scaled(replicas.scale))
        return proof
    }

    /// Packets that overtook: with a gap or a correlation not the share that was asked, but what is predicted.
    private func reorder(_ truth: PhaseTruth) -> LinkProof? {
        guard let asked = truth.phase.asked.path.reorder else { return nil }
        var proof = proof(
            .reorder, .ratio, of: truth, asked: asked.chance.share.value,
            applied: truth.phase.applied?.path.reorder?.chance.share.value)
        guard let prediction = truth.envelope?.overtakings else {
            proof.note = "fewer packets came than can tell"
            return proof
        }
        proof.hold(prediction)
        proof.note = "packets that took less than half of the delay"
        return proof
    }

    /// How near the delays are to what the distribution predicts: the kernel does not tell its table.
    private func distribution(_ truth: PhaseTruth) -> LinkProof? {
        let asked = truth.phase.asked
        guard asked.jitter > .zero else { return nil }
        var proof = proof(.distribution, .count, of: truth, asked: nil, applied: nil)
        guard let outcome = truth.envelope?.outcome, let distance = outcome.distance, let limit = outcome.distanceLimit
        else {
            proof.note = "fewer packets came without a wait than can tell"
            return proof
        }
        proof.measured = distance
        proof.predicted = 0
        proof.judge(error: distance, tolerance: limit)
        proof.note =
            "Kolmogorov-Smirnov distance of the delays from a \(asked.path.distribution.name) distribution's, for the same packets"
        return proof
    }

    /// No slot begins sooner after the one before it than was asked.
    private func slot(_ truth: PhaseTruth) -> LinkProof? {
        guard let asked = truth.phase.asked.path.slots else { return nil }
        var proof = proof(
            .slot, .time, of: truth, asked: asked.shortest?.seconds,
            applied: truth.phase.applied?.path.slots?.shortest?.seconds)
        guard let least = asked.shortest else {
            proof.note = "slots by a distribution have no shortest time"
            return proof
        }
        guard truth.slots.bursts >= 5, let measured = truth.slots.shortest else {
            proof.note = "fewer than five bursts of packets"
            return proof
        }
        proof.measured = measured.seconds
        // A slot may well be longer away: one that nobody waits for is not seen.
        proof.error = min(0, (measured - least).seconds)
        proof.tolerance = 0.0005
        let holds = asked.packets.map { truth.slots.largest <= $0 } ?? true
        proof.judgement = (measured - least).seconds >= -0.0005 && holds ? .confirmed : .off
        proof.note = "the shortest time between \(truth.slots.bursts) bursts, of up to \(truth.slots.largest) packets"
        return proof
    }
}

extension LinkProof {
    /// Judges by what simulations of the same packets say.
    mutating func hold(_ prediction: Prediction) {
        measured = prediction.measured
        predicted = prediction.predicted
        (low, high) = (max(0, prediction.interval.lowerBound), prediction.interval.upperBound)
        judge(error: prediction.measured - prediction.predicted, tolerance: prediction.tolerance)
    }
}

extension LossModel {
    /// Whether the losses of neighbouring packets depend on each other.
    fileprivate var makesBursts: Bool {
        switch self {
        case .none, .independent, .correlated: false
        case .gilbertElliott, .fourState: true
        }
    }
}

extension Slots {
    /// The least time from one slot to the next; `nil` where a distribution has none.
    var shortest: TimeSpan? {
        if case .between(let least, _) = spacing { least } else { nil }
    }
}
