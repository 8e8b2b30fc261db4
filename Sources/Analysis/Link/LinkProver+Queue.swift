internal import LabModel

extension LinkProver {
    /// How full the queue became while it dropped, against how much it should hold.
    func queueing(_ truth: PhaseTruth) -> LinkProof? {
        guard let rate = truth.phase.asked.rate else { return nil }
        guard case .fifo(let limit) = truth.phase.asked.queue else { return acting(truth) }
        switch limit {
        case .time(let span):
            return proof(
                truth, .time, asked: span.seconds,
                applied: (truth.phase.applied?.queueBytes).flatMap { rate.time(for: $0)?.seconds },
                scale: 8 / Double(rate.bitsPerSecond))
        case .bytes(let size):
            return proof(
                truth, .size, asked: Double(size.bytes),
                applied: (truth.phase.applied?.queueBytes?.bytes).map(Double.init), scale: 1)
        case .packets(let count): return packets(truth, asked: count)
        }
    }

    /// - Parameter scale: of a byte in the unit of `asked`.
    private func proof(
        _ truth: PhaseTruth, _ quantity: Quantity, asked: Double, applied: Double?, scale: Double
    ) -> LinkProof {
        var proof = proof(.queue, quantity, of: truth, asked: asked, applied: applied)
        guard truth.queueDrops >= 3, let bytes = greatestBacklog(truth, witness: &proof.witness) else {
            proof.withdraw(truth.queueDrops < 3 ? "the queue never was full" : "the path's jitter hides the wait")
            return proof
        }
        let measured = bytes * scale
        proof.measured = measured
        // A full queue lacks up to a packet, and polling sees it a little before or after it is fullest.
        let packet = Double(truth.largestPacket) * scale
        let polled = proof.witness != "captures"
        proof.judge(
            error: measured - asked, tolerance: polled ? 0.05 * asked + packet : max(0.05 * asked, packet))
        proof.note =
            proof.witness == "captures"
            ? "the longest wait while \(truth.queueDrops) packets were dropped"
            : "the greatest backlog seen while \(truth.queueDrops) packets were dropped"
        return proof
    }

    /// In bytes: by the longest wait, or, where the path's jitter hides that, by the backlog that was polled.
    private func greatestBacklog(_ truth: PhaseTruth, witness: inout String) -> Double? {
        if truth.phase.effective.jitter == .zero, let rate = truth.phase.effective.rate {
            return truth.longestWait.seconds * Double(rate.bitsPerSecond) / 8
        }
        witness = "qdisc counters"
        return settled(truth.phase).map { Double($0.backlog.bytes) }.max()
    }

    private func packets(_ truth: PhaseTruth, asked: Int) -> LinkProof {
        var proof = proof(
            .queue, .count, of: truth, asked: Double(asked), applied: Double(asked), witness: "qdisc counters")
        guard truth.queueDrops >= 3, let greatest = settled(truth.phase).map(\.backlogPackets).max() else {
            proof.withdraw(truth.queueDrops < 3 ? "the queue never was full" : "the queue was not polled")
            return proof
        }
        proof.measured = Double(greatest)
        proof.judge(error: Double(greatest) - Double(asked), tolerance: max(0.05 * Double(asked), 1))
        proof.note = "the greatest backlog seen while \(truth.queueDrops) packets were dropped"
        return proof
    }

    /// The samples of a phase but for its start, when a queue that was larger before may still be draining.
    private func settled(_ phase: LinkPhase) -> [QueueSample] {
        let half = TimeSpan(nanoseconds: (phase.to - phase.from).nanoseconds / 2)
        let start = phase.from + min(.seconds(1), half)
        return samples(phase).filter { $0.time >= start }
    }
}
