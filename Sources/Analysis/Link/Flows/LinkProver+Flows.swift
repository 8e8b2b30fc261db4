internal import LabModel

/// Packets that are told apart: those that the path is not for, and those that drop lists take.
extension LinkProver {
    /// That nothing was done to what is not matched, in one phase.
    func besideProofs(_ truth: PhaseTruth) -> [LinkProof] {
        truth.phase.asked.match == nil ? [] : [lossBeside(truth), delayBeside(truth)]
    }

    private func lossBeside(_ truth: PhaseTruth) -> LinkProof {
        var proof = proof(.unmatchedLoss, .ratio, of: truth, asked: 0, applied: nil)
        let beside = truth.beside
        guard beside.passed > 0 else {
            proof.note = "no packet passed that is not matched"
            return proof
        }
        proof.measured = Double(beside.lost) / Double(beside.passed)
        proof.judge(error: Double(beside.lost) / Double(beside.passed), tolerance: 0)
        proof.note = "\(beside.lost) of \(beside.passed) packets that are not matched"
        return proof
    }

    private func delayBeside(_ truth: PhaseTruth) -> LinkProof {
        var proof = proof(.unmatchedDelay, .time, of: truth, asked: 0, applied: nil)
        let alone = truth.beside.alone.count >= 10
        let delays = alone ? truth.beside.alone : truth.beside.all
        guard alone || truth.phase.effective.queue.keepsOrder, delays.count >= 3, let median = delays.percentile(0.5)
        else {
            proof.note = "fewer packets that are not matched came than can tell"
            return proof
        }
        proof.measured = median.seconds
        proof.judge(error: median.seconds, tolerance: 0.0005)
        proof.note = "median of \(delays.count) packets that are not matched, from the bottleneck on"
        return proof
    }

    /// What filters took over the whole run, against what is missing.
    func flowProofs(_ truth: LinkTruth, _ record: RunRecord, from: Timestamp, to: Timestamp) -> [LinkProof] {
        let span = (from - origin, to - origin)
        let counters = FilterCounters(record, direction, isConstant: Set(truth.steps.map(\.asked.drop)).count == 1)
        return [
            listed(truth, counters, span), counted(truth, counters, span), matched(truth, counters, span),
        ].compactMap(\.self)
    }

    private func listed(_ truth: LinkTruth, _ counters: FilterCounters, _ span: (TimeSpan, TimeSpan)) -> LinkProof? {
        let asked = Set(
            truth.steps.flatMap { phase in
                (phase.asked.drop?.places ?? [:]).flatMap { stream, numbers in
                    numbers.map { StreamPlace(stream: stream, number: $0) }
                }
            })
        guard !asked.isEmpty else { return nil }
        let lost = truth.drops.lost.intersection(asked)
        var proof = proof(.listed, span, asked: asked.count, applied: counters.drops(of: [.video, .audio]))
        proof.measured = Double(lost.count)
        proof.judge(error: Double(lost.count - asked.count), tolerance: 0)
        if !truth.drops.came.isEmpty { proof.judgement = .off }
        let unseen = asked.subtracting(lost).subtracting(truth.drops.came).count
        proof.note =
            "RTP packets that a list names and that never came; \(truth.drops.came.count) of them came"
            + (unseen > 0 ? ", \(unseen) were not sent while they were listed" : "")
        return proof
    }

    private func counted(_ truth: LinkTruth, _ counters: FilterCounters, _ span: (TimeSpan, TimeSpan)) -> LinkProof? {
        guard truth.steps.contains(where: { $0.asked.drop?.every != nil }) else { return nil }
        let drops = truth.drops
        let due = drops.countedLost + drops.countedCame
        let applied = counters.drops(of: [.every])
        var proof = proof(.every, span, asked: Int(due), applied: applied)
        guard due > 0 else {
            proof.note = "fewer packets came to the path than are counted"
            return proof
        }
        proof.measured = Double(drops.countedLost)
        proof.judge(error: Double(-drops.countedCame), tolerance: 0)
        if let applied, applied != drops.countedLost { proof.judgement = .off }
        proof.note = "packets whose number it was; \(drops.countedCame) of them came"
        if proof.judgement == .off, truth.placesAreDoubtful {
            proof.judgement = .unmeasured
            proof.note = "the queue's own drops and turns hide how many packets were counted"
        }
        return proof
    }

    /// The kernel's count of what is matched against the captures'.
    private func matched(_ truth: LinkTruth, _ counters: FilterCounters, _ span: (TimeSpan, TimeSpan)) -> LinkProof? {
        guard truth.steps.contains(where: { $0.asked.match != nil }) else { return nil }
        let captured = truth.drops.matched
        var proof = proof(.match, span, asked: nil, applied: counters.packets(of: .match))
        proof.measured = Double(captured)
        proof.note = "packets that the match is for, by the captures and by the kernel's filter"
        guard let applied = proof.applied, !truth.placesAreDoubtful else {
            proof.note = "\(proof.note ?? ""); what the queue dropped of them is not told apart"
            return proof
        }
        proof.judge(error: Double(captured) - applied, tolerance: 0)
        return proof
    }

    private func proof(
        _ property: LinkProof.Property, _ span: (TimeSpan, TimeSpan), asked: Int?, applied: Int64?
    ) -> LinkProof {
        var proof = LinkProof(
            direction: direction, property: property, from: span.0, to: span.1, quantity: .count,
            judgement: .unmeasured, witness: "captures and filter counters")
        proof.asked = asked.map(Double.init)
        proof.applied = applied.map(Double.init)
        return proof
    }
}

extension LinkTruth {
    /// Whether the captures cannot say which packets came to the path, and in which order.
    fileprivate var placesAreDoubtful: Bool {
        drops.queueDrops > 0
            || steps.contains { !$0.effective.queue.keepsOrder || $0.effective.path.duplicate != nil }
    }
}

/// What the kernel's filters of one direction counted, from the lab's building to the run's end.
private struct FilterCounters {
    private let filters: [FilterState]?

    /// - Parameter isConstant: the drop lists stayed as they were; a filter that is made anew counts from 0.
    init(_ record: RunRecord, _ direction: Direction, isConstant: Bool) {
        let last = record.finalReadbacks.first { $0.direction == direction }
        filters = isConstant && record.outcome == .completed ? last?.filters : nil
    }

    func drops(of roles: [FilterState.Role]) -> Int64? {
        filters.map { $0.reduce(0) { roles.contains($1.role) ? $0 + $1.drops : $0 } }
    }

    func packets(of role: FilterState.Role) -> Int64? {
        filters?.first { $0.role == role }?.packets
    }
}
