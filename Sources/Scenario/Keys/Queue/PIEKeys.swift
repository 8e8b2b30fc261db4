import LabModel

/// The keys of `pie` and `fq_pie`, as tc-pie(8) and tc-fq_pie(8) have them.
enum PIEKeys {
    static let limit = Key("limit", .queueLimit, "What it holds; a time or size counts in packets of 1514 bytes.")
    static let target = Key("target", .time(from: 1e-6, to: 60), "The wait to aim at; 15ms when left out.")
    // The kernel counts it in ticks, of a millisecond where they are shortest.
    static let update = Key("tupdate", .time(from: 1e-3, to: 60), "How often the probability changes; 15ms.")
    static let alpha = Key("alpha", .wholeNumber(0...32), "Weight of the distance from target; 2 when left out.")
    static let beta = Key("beta", .wholeNumber(0...32), "Weight of the wait's trend; 20 when left out.")
    static let ecn = Key("ecn", .yesOrNo, "Mark in place of dropping; off when left out.")
    static let byteMode = Key("bytemode", .yesOrNo, "Drop large packets sooner; off when left out.")
    static let estimator = Key("dq_rate_estimator", .yesOrNo, "Estimate the wait from the rate; off when left out.")
    private static let keys: [any KeyDescription] = [
        limit, target, update, alpha, beta, ecn, byteMode, estimator,
    ]
    static let shape = MappingShape(keys)

    static let ecnProbability = Key("ecn_prob", .wholePercent, "Probability up to which packets are marked; 10%.")
    static let fair = MappingShape(keys + FairKeys.keys + [ecnProbability])
}

extension PIE {
    /// What `fields` say over what is usual; the limit is for the rate to tell.
    fileprivate init(_ fields: Fields, usual: PIE) {
        self = usual
        target = fields(PIEKeys.target) ?? usual.target
        update = fields(PIEKeys.update) ?? usual.update
        alpha = fields(PIEKeys.alpha) ?? usual.alpha
        beta = fields(PIEKeys.beta) ?? usual.beta
        ecn = fields(PIEKeys.ecn) ?? usual.ecn
        byteMode = fields(PIEKeys.byteMode) ?? usual.byteMode
        rateEstimator = fields(PIEKeys.estimator) ?? usual.rateEstimator
    }
}

extension ValueKind where Value == QueueDraft {
    static let pie = ValueKind(shape: .mapping(PIEKeys.shape)) { item in
        Fields(item, PIEKeys.shape).map { fields in
            let pie = PIE(fields, usual: PIE())
            let limit = fields(PIEKeys.limit)
            return QueueDraft { rate in
                var pie = pie
                pie.limit = limit?.packets(at: rate) ?? pie.limit
                return .pie(pie)
            }
        }
    }

    static let fqPie = ValueKind(shape: .mapping(PIEKeys.fair)) { item in
        Fields(item, PIEKeys.fair).map { fields in
            var queue = FQPIE()
            queue.pie = PIE(fields, usual: queue.pie)
            FairKeys.read(
                fields, item, flows: &queue.flows, quantum: &queue.quantum, memoryLimit: &queue.memoryLimit)
            queue.ecnProbability = fields(PIEKeys.ecnProbability) ?? queue.ecnProbability
            let limit = fields(PIEKeys.limit)
            return QueueDraft { [queue] rate in
                var queue = queue
                queue.pie.limit = limit?.packets(at: rate) ?? queue.pie.limit
                return .fqPie(queue)
            }
        }
    }
}

extension ValueKind where Value == Probability {
    /// The kernel keeps whole percents.
    static let wholePercent = ValueKind(shape: ratio.shape) { item in
        guard let value = ratio.read(item) else { return nil }
        let percent = value.value * 100
        guard abs(percent - percent.rounded()) < 1e-9 else {
            item.error("\(item.name) must be a whole percentage", hint: "the kernel keeps no fraction of a percent")
            return nil
        }
        return value
    }
}
