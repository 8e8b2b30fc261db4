/// All that is done to the packets of one direction.
package struct Impairment: Codable, Hashable, Sendable {
    /// The bottleneck's rate, Ethernet header included and frame check sequence not; `nil` is no limit.
    package var rate: Rate?
    /// The qdisc that keeps the rate.
    package var shaper: Shaper
    /// How much the bottleneck holds before it drops.
    package var queue: QueueLimit
    /// One-way propagation delay of the path behind the bottleneck.
    package var delay: TimeSpan
    /// The half width of the delay's spread; never reorders, so what happens is its in-order envelope
    /// (RFC 8868 section 4.5, NR-BPDV).
    package var jitter: TimeSpan
    /// Packets lost on the path, at random.
    package var loss: LossModel

    package init(
        rate: Rate? = nil, shaper: Shaper = .tbf, queue: QueueLimit = .time(.milliseconds(100)),
        delay: TimeSpan = .zero, jitter: TimeSpan = .zero, loss: LossModel = .none
    ) {
        self.rate = rate
        self.shaper = shaper
        self.queue = queue
        self.delay = delay
        self.jitter = jitter
        self.loss = loss
    }

    /// No limit, no delay, no loss.
    package static let clean = Impairment()

    /// The time that a full queue takes to drain, packets counted as the largest there are; `nil` where it never does,
    /// and where no rate lets it fill.
    package var queueTime: TimeSpan? {
        guard let rate else { return nil }
        switch queue {
        case .time(let span): return span
        case .bytes(let size): return rate.time(for: size)
        case .packets(let count): return rate.time(for: ByteCount(Int64(count) * ByteCount.largestFrame.bytes))
        }
    }

    /// The queue's limit in bytes, when it is one of bytes or of time at a known rate.
    package var queueBytes: ByteCount? {
        switch queue {
        case .bytes(let size): size
        case .time(let span): rate.map { $0.bytes(in: span) }
        case .packets: nil
        }
    }
}

/// The qdisc that holds a rate.
package enum Shaper: String, Codable, Sendable, CaseIterable {
    case tbf
    case htb
}

/// How much a bottleneck's queue holds, in the unit it was asked in.
package enum QueueLimit: Codable, Hashable, Sendable {
    /// The time that a full queue takes to drain at the bottleneck's rate.
    case time(TimeSpan)
    case bytes(ByteCount)
    case packets(Int)
}

/// How packets are lost on the path.
package enum LossModel: Codable, Hashable, Sendable {
    case none
    /// Each packet is lost with the same probability, whatever befell the others.
    case independent(Probability)
    /// Bursts: netem's `gemodel`.
    case gilbertElliott(GilbertElliott)
}

/// The two states of the Gilbert-Elliott model, in `tc-netem(8)`'s words.
package struct GilbertElliott: Codable, Hashable, Sendable {
    /// From good to bad, for each packet.
    package var p: Probability
    /// From bad to good, for each packet.
    package var r: Probability
    /// Loss in the bad state (`1-h` of `tc-netem(8)`).
    package var lossInBad: Probability
    /// Loss in the good state (`1-k` of `tc-netem(8)`).
    package var lossInGood: Probability

    package init(p: Probability, r: Probability, lossInBad: Probability, lossInGood: Probability) {
        self.p = p
        self.r = r
        self.lossInBad = lossInBad
        self.lossInGood = lossInGood
    }

    /// The share of packets lost in the long run; `nil` when the model never leaves its first state.
    package var meanLoss: Probability? {
        let turnover = p.value + r.value
        guard turnover > 0 else { return nil }
        return Probability(clamping: (p.value * lossInBad.value + r.value * lossInGood.value) / turnover)
    }
}

extension LossModel {
    /// The share of packets lost in the long run.
    package var meanLoss: Probability {
        switch self {
        case .none: .zero
        case .independent(let probability): probability
        case .gilbertElliott(let model): model.meanLoss ?? model.lossInGood
        }
    }
}
