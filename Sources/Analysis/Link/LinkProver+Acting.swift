internal import LabModel

/// Queues that act on the wait or the average, and not only when they are full.
extension LinkProver {
    /// What the wait was beside what the queue aims at. That is shown and not judged: what such a queue does to the wait
    /// depends on how the senders answer, which nothing predicts exactly.
    func acting(_ truth: PhaseTruth) -> LinkProof {
        let (asked, applied) = (truth.phase.asked.queue, truth.phase.applied?.queue)
        var proof = proof(
            .queue, .time, of: truth, asked: asked.target?.seconds, applied: applied?.target?.seconds)
        guard let median = truth.waits.percentile(0.5), let high = truth.waits.percentile(0.95) else {
            proof.note = "the path's own delays hide the wait"
            return proof
        }
        proof.measured = median.seconds
        proof.note =
            "\(asked.kind): the median wait beside the wait it aims at; 95 % waited up to \(high.text), the longest "
            + "\(truth.longestWait.text), \(truth.queueDrops) dropped, \(truth.marked) marked; shown, not judged"
        return proof
    }

    /// What the captures miss and find marked against what the kernel counted, over the whole run: nothing but the
    /// queue's and the path's own drops may take a packet.
    func counted(_ truth: LinkTruth, _ record: RunRecord, from: Timestamp, to: Timestamp) -> [LinkProof] {
        // Where the path changes packets or makes more of them, what is missing is no longer what was dropped.
        guard let last = truth.phases.last, !last.phase.asked.queue.isPassive, record.outcome == .completed,
            truth.phases.allSatisfy({ $0.phase.effective.path == .plain }),
            let before = QueueCounters(record.readbacks, direction),
            let after = QueueCounters(record.finalReadbacks, direction)
        else { return [] }
        let drops = counted(
            .drops, from, to, kernel: after.drops - before.drops, captures: truth.missing,
            "packets that never came, against those that the kernel dropped")
        guard let marked = after.marks, last.phase.asked.queue.marks else { return [drops] }
        var marks = counted(
            .marks, from, to, kernel: marked - (before.marks ?? 0), captures: truth.marked,
            "packets that came marked (CE) and had not left so, against those that the queue marked")
        if truth.phases.contains(where: { $0.phase.effective.loss != .none }) {
            marks.judgement = .unmeasured
            marks.note = "the path lost some of those that the queue marked"
        }
        return [drops, marks]
    }

    private func counted(
        _ property: LinkProof.Property, _ from: Timestamp, _ to: Timestamp, kernel: Int64, captures: Int64,
        _ note: String
    ) -> LinkProof {
        var proof = LinkProof(
            direction: direction, property: property, from: from - origin, to: to - origin, quantity: .count,
            judgement: .unmeasured, witness: "captures and qdisc counters")
        proof.applied = Double(kernel)
        proof.measured = Double(captures)
        proof.judge(error: Double(captures - kernel), tolerance: 0)
        proof.note = note
        return proof
    }
}

/// What the kernel counted of one direction.
private struct QueueCounters {
    /// By the queue, by drop lists and by the path.
    let drops: Int64
    let marks: Int64?

    init?(_ readbacks: [LinkReadback], _ direction: Direction) {
        guard let readback = readbacks.first(where: { $0.direction == direction }),
            let queue = readback.qdiscs.first(where: { $0.handle == "3:" }),
            let path = readback.qdiscs.last(where: { $0.kind == "netem" })
        else { return nil }
        let listed = (readback.filters ?? []).reduce(0) { $0 + $1.drops }
        drops = queue.counters.drops + listed + path.counters.drops
        marks = queue.statistics?.marks
    }
}
