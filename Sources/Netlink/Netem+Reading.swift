internal import CNetlink
internal import LabModel

extension Netem {
    /// From a qdisc's attributes: netem's options are a structure with attributes behind it. The kernel tells all but
    /// the distributions' tables.
    init(_ attributes: Attributes) {
        let options = attributes.value(TCA_OPTIONS, as: tc_netem_qopt.self) ?? tc_netem_qopt()
        let more = attributes.nested(TCA_OPTIONS, behind: MemoryLayout<tc_netem_qopt>.size)
        let correlations = more.value(TCA_NETEM_CORR, as: tc_netem_corr.self) ?? tc_netem_corr()
        // Linux 4.15 and later tell nanoseconds, older ones ticks.
        let delay = more.value(TCA_NETEM_LATENCY64).map { TimeSpan(nanoseconds: $0) }
        let jitter = more.value(TCA_NETEM_JITTER64).map { TimeSpan(nanoseconds: $0) }
        self.init(
            limit: options.limit, delay: delay ?? KernelUnits.span(ticks: options.latency),
            jitter: jitter ?? KernelUnits.span(ticks: options.jitter),
            delayCorrelation: KernelUnits.probability(share: correlations.delay_corr),
            loss: LossModel(options, correlations, more.nested(TCA_NETEM_LOSS)),
            marks: more.value(TCA_NETEM_ECN, as: UInt32.self) ?? 0 != 0,
            duplicate: Chance(share: options.duplicate, correlation: correlations.dup_corr),
            corrupt: more.value(TCA_NETEM_CORRUPT, as: tc_netem_corrupt.self).flatMap {
                Chance(share: $0.probability, correlation: $0.correlation)
            },
            reorder: Reordering(options, more.value(TCA_NETEM_REORDER)),
            slots: more.value(TCA_NETEM_SLOT).map(NetemSlots.init), rate: Self.rate(more),
            seed: more.value(Int(CNETLINK_NETEM_PRNG_SEED)))
    }

    private static func rate(_ attributes: Attributes) -> Rate? {
        let narrow = attributes.value(TCA_NETEM_RATE, as: tc_netem_rate.self)?.rate ?? 0
        let bytes = attributes.value(TCA_NETEM_RATE64) ?? UInt64(narrow)
        return bytes == 0 ? nil : KernelUnits.rate(bytesPerSecond: bytes)
    }
}

extension Chance {
    /// `nil` for what befalls no packet.
    fileprivate init?(share: UInt32, correlation: UInt32) {
        guard share > 0 else { return nil }
        self.init(
            KernelUnits.probability(share: share), correlation: KernelUnits.probability(share: correlation))
    }
}

extension Reordering {
    /// `nil` without a gap: netem then never reorders, whatever the probability.
    fileprivate init?(_ options: tc_netem_qopt, _ form: tc_netem_reorder?) {
        guard options.gap > 0, let form, let chance = Chance(share: form.probability, correlation: form.correlation)
        else { return nil }
        self.init(chance, gap: Int(options.gap))
    }
}

extension NetemSlots {
    fileprivate init(_ form: tc_netem_slot) {
        self.init(
            least: TimeSpan(nanoseconds: form.min_delay), most: TimeSpan(nanoseconds: form.max_delay),
            mean: TimeSpan(nanoseconds: form.dist_delay), jitter: TimeSpan(nanoseconds: form.dist_jitter),
            packets: form.max_packets == 0 ? nil : form.max_packets, bytes: form.max_bytes == 0 ? nil : form.max_bytes)
    }
}

extension LossModel {
    fileprivate init(_ options: tc_netem_qopt, _ correlations: tc_netem_corr, _ models: Attributes) {
        if let model = models.value(Int(NETEM_LOSS_GE), as: tc_netem_gemodel.self) {
            self = .gilbertElliott(GilbertElliott(model))
        } else if let model = models.value(Int(NETEM_LOSS_GI), as: tc_netem_gimodel.self) {
            self = .fourState(FourStateLoss(model))
        } else if let chance = Chance(share: options.loss, correlation: correlations.loss_corr) {
            self = chance.correlation == .zero ? .independent(chance.share) : .correlated(chance)
        } else {
            self = .none
        }
    }
}

extension GilbertElliott {
    fileprivate init(_ form: tc_netem_gemodel) {
        self.init(
            p: KernelUnits.probability(share: form.p), r: KernelUnits.probability(share: form.r),
            lossInBad: KernelUnits.probability(share: UInt32.max - form.h),
            lossInGood: KernelUnits.probability(share: form.k1))
    }
}

extension FourStateLoss {
    fileprivate init(_ form: tc_netem_gimodel) {
        self.init(
            p13: KernelUnits.probability(share: form.p13), p31: KernelUnits.probability(share: form.p31),
            p32: KernelUnits.probability(share: form.p32), p23: KernelUnits.probability(share: form.p23),
            p14: KernelUnits.probability(share: form.p14))
    }
}
