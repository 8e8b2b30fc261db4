internal import CNetlink
internal import LabModel

/// netem's options: a structure, and attributes behind it (<linux/pkt_sched.h>, net/sched/sch_netem.c). Every attribute
/// is always there but those that would put back what netem has learned: a change leaves what it does not name.
extension Netem {
    func put(into message: borrowing Message) {
        message.append(options)
        message.put(TCA_NETEM_LATENCY64, delay.nanoseconds)
        message.put(TCA_NETEM_JITTER64, jitter.nanoseconds)
        putRate(into: message)
        message.put(TCA_NETEM_CORR, correlations)
        message.put(
            TCA_NETEM_REORDER,
            tc_netem_reorder(share(reorder?.chance), correlation: correlation(reorder?.chance)))
        message.put(TCA_NETEM_CORRUPT, tc_netem_corrupt(share(corrupt), correlation: correlation(corrupt)))
        message.put(TCA_NETEM_ECN, UInt32(marks ? 1 : 0))
        message.put(TCA_NETEM_SLOT, slots.map(\.kernelForm) ?? tc_netem_slot())
        putLoss(into: message)
        if let distribution { message.put(TCA_NETEM_DELAY_DIST, words: distribution.values) }
        if let table = slots?.distribution { message.put(TCA_NETEM_SLOT_DIST, words: table.values) }
        if let seed { message.put(Int(CNETLINK_NETEM_PRNG_SEED), seed) }
    }

    private var options: tc_netem_qopt {
        var options = tc_netem_qopt()
        options.latency = KernelUnits.ticks(delay)
        options.jitter = KernelUnits.ticks(jitter)
        options.limit = limit
        options.gap = UInt32(clamping: reorder?.gap ?? 0)
        options.duplicate = share(duplicate)
        switch loss {
        case .independent(let probability): options.loss = probability.share
        case .correlated(let chance): options.loss = chance.share.share
        case .none, .gilbertElliott, .fourState: break
        }
        return options
    }

    private var correlations: tc_netem_corr {
        var form = tc_netem_corr()
        form.delay_corr = delayCorrelation.share
        if case .correlated(let chance) = loss { form.loss_corr = chance.correlation.share }
        form.dup_corr = correlation(duplicate)
        return form
    }

    private func putRate(into message: borrowing Message) {
        var specification = tc_netem_rate()
        let bytes = rate.map(KernelUnits.bytesPerSecond) ?? 0
        specification.rate = UInt32(clamping: bytes)
        message.put(TCA_NETEM_RATE, specification)
        if bytes > UInt32.max { message.put(TCA_NETEM_RATE64, bytes) }
    }

    private func putLoss(into message: borrowing Message) {
        switch loss {
        case .none, .independent, .correlated: break
        case .gilbertElliott(let model):
            message.nest(TCA_NETEM_LOSS) { $0.put(Int(NETEM_LOSS_GE), model.kernelForm) }
        case .fourState(let model):
            message.nest(TCA_NETEM_LOSS) { $0.put(Int(NETEM_LOSS_GI), model.kernelForm) }
        }
    }

    private func share(_ chance: Chance?) -> UInt32 { chance?.share.share ?? 0 }

    private func correlation(_ chance: Chance?) -> UInt32 { chance?.correlation.share ?? 0 }
}

extension tc_netem_reorder {
    fileprivate init(_ share: UInt32, correlation: UInt32) {
        self.init(probability: share, correlation: correlation)
    }
}

extension tc_netem_corrupt {
    fileprivate init(_ share: UInt32, correlation: UInt32) {
        self.init(probability: share, correlation: correlation)
    }
}

extension NetemSlots {
    fileprivate var kernelForm: tc_netem_slot {
        tc_netem_slot(
            min_delay: least.nanoseconds, max_delay: most.nanoseconds, max_packets: packets ?? 0, max_bytes: bytes ?? 0,
            dist_delay: mean.nanoseconds, dist_jitter: jitter.nanoseconds)
    }
}

extension GilbertElliott {
    /// `h` and `1-k` of tc-netem(8): the kernel keeps the share that passes in the bad state and the share that is lost
    /// in the good one.
    fileprivate var kernelForm: tc_netem_gemodel {
        tc_netem_gemodel(p: p.share, r: r.share, h: UInt32.max - lossInBad.share, k1: lossInGood.share)
    }
}

extension FourStateLoss {
    fileprivate var kernelForm: tc_netem_gimodel {
        tc_netem_gimodel(p13: p13.share, p31: p31.share, p32: p32.share, p14: p14.share, p23: p23.share)
    }
}
