import LabModel
import YAML

/// The keys of `red`, as tc-red(8) has them.
enum REDKeys {
    static let limit = Key("limit", .queueLimit, "What it holds; 400ms when left out, and at least 12 packets.")
    static let min = Key("min", .queueLimit, "The average below which nothing is dropped; a third of max.")
    static let max = Key("max", .queueLimit, "The average above which everything is; a quarter of limit.")
    static let probability = Key("probability", .ratio, "At max; 2% when left out.")
    static let burst = Key("burst", .wholeNumber(1...1_000_000), "Packets in a burst that may pass.")
    static let averagePacket = Key("avpkt", .size(from: 64, to: 1514), "A usual packet; 1000B when left out.")
    static let bandwidth = Key("bandwidth", .rate(), "How fast the average sinks on an idle link; the rate.")
    static let ecn = Key("ecn", .yesOrNo, "Mark in place of dropping; off when left out.")
    static let hardDrop = Key("harddrop", .yesOrNo, "Above max drop, even with ecn; off when left out.")
    static let adaptive = Key("adaptive", .yesOrNo, "Let the kernel adapt the probability; off when left out.")
    static let shape = MappingShape(
        [limit, min, max, probability, burst, averagePacket, bandwidth, ecn, hardDrop, adaptive],
        notes: ["adaptative": .called("adaptive")])
}

/// A RED as it was written: its thresholds depend on each other and on the rate.
private struct REDDraft: Sendable {
    let limit: Located<QueueLimit>?
    let min: Located<QueueLimit>?
    let max: Located<QueueLimit>?
    let burst: Located<Int>?
    let averagePacket: ByteCount?
    let bandwidth: Rate?
    let probability: Located<Probability>?
    let flags: (ecn: Bool, hardDrop: Bool, adaptive: Bool)
    let mark: Mark

    init(_ fields: Fields) {
        limit = fields.located(REDKeys.limit)
        min = fields.located(REDKeys.min)
        max = fields.located(REDKeys.max)
        burst = fields.located(REDKeys.burst)
        averagePacket = fields(REDKeys.averagePacket)
        bandwidth = fields(REDKeys.bandwidth)
        probability = fields.located(REDKeys.probability)
        flags = (
            fields(REDKeys.ecn) ?? false, fields(REDKeys.hardDrop) ?? false, fields(REDKeys.adaptive) ?? false
        )
        mark = fields.mark
    }

    /// What is left out is `tc`'s: a quarter of the limit, a third of that.
    func red(_ rate: Rate?) -> RED {
        let rate = rate ?? Rate(bitsPerSecond: 10_000_000)
        let usual = Swift.max(12 * ByteCount.largestFrame.bytes, rate.bytes(in: .milliseconds(400)).bytes)
        let limit = limit?.value.bytes(at: rate) ?? ByteCount(usual)
        let written = min?.value.bytes(at: rate)
        let max = max?.value.bytes(at: rate) ?? written.map { ByteCount($0.bytes * 3) } ?? ByteCount(limit.bytes / 4)
        let min = written ?? ByteCount(max.bytes / 3)
        let packet = averagePacket ?? ByteCount(1000)
        return RED(
            limit: limit, min: min, max: max,
            burst: burst?.value ?? RED.burst(min: min, max: max, averagePacket: packet),
            bandwidth: bandwidth ?? rate, probability: probability?.value ?? Probability(clamping: 0.02),
            averagePacket: packet, ecn: flags.ecn, hardDrop: flags.hardDrop, adaptive: flags.adaptive)
    }

    func check(_ rate: Rate?, _ reading: Reading) {
        let red = red(rate)
        let least = ByteCount.largestFrame
        if red.min < least {
            reading.error(
                "min \(UnitText.size(red.min)) is less than a packet of \(least.bytes) bytes",
                at: (min ?? max ?? limit)?.mark ?? mark)
        } else if red.min >= red.max {
            reading.error(
                "min \(UnitText.size(red.min)) is not less than max \(UnitText.size(red.max))",
                at: (min ?? max)?.mark ?? mark)
        } else if red.max > red.limit {
            reading.error(
                "max \(UnitText.size(red.max)) is more than the limit of \(UnitText.size(red.limit))",
                at: (max ?? min ?? limit)?.mark ?? mark, hint: "a full queue would drop before red does")
        } else {
            checkAverage(red, reading)
        }
        if let probability, probability.value == .zero {
            reading.error("probability 0% drops nothing below max", at: probability.mark)
        }
    }

    /// The kernel keeps the average shifted left by the weight in 32 bits.
    private func checkAverage(_ red: RED, _ reading: Reading) {
        let place = burst?.mark ?? mark
        guard let weight = red.weightLog else {
            reading.error(
                "burst \(red.burst) is too small for min \(UnitText.size(red.min))", at: place,
                hint: "give it at least \(red.min.bytes / red.averagePacket.bytes + 1)")
            return
        }
        if red.max.bytes << weight >= 1 << 31 {
            reading.error(
                "max \(UnitText.size(red.max)) and burst \(red.burst) are more than the kernel can average", at: place,
                hint: "make one of them smaller")
        }
    }
}

extension ValueKind where Value == QueueDraft {
    static let red = ValueKind(shape: .mapping(REDKeys.shape)) { item in
        Fields(item, REDKeys.shape).map { fields in
            let draft = REDDraft(fields)
            return QueueDraft(discipline: { .red(draft.red($0)) }, check: draft.check)
        }
    }
}
