internal import LabModel

/// What befell packets on the path, all told: measured, or simulated.
struct FateCount {
    var packets: Int64 = 0
    /// Lost; or marked, where marks stand for losses.
    var picked: Int64 = 0
    /// Runs of picked packets.
    var bursts: Int64 = 0
    var duplicated: Int64 = 0
    var corrupted: Int64 = 0
    private var isInBurst = false

    mutating func add(picked isPicked: Bool, duplicated isDuplicated: Bool, corrupted isCorrupted: Bool) {
        packets += 1
        if isPicked { picked += 1 }
        if isPicked, !isInBurst { bursts += 1 }
        isInBurst = isPicked
        if isDuplicated { duplicated += 1 }
        if isCorrupted { corrupted += 1 }
    }

    var burstLength: Double { bursts > 0 ? Double(picked) / Double(bursts) : 0 }

    /// A part of the packets.
    func share(_ part: KeyPath<FateCount, Int64>) -> Double {
        packets > 0 ? Double(self[keyPath: part]) / Double(packets) : 0
    }
}

/// The path's netem, simulated as far as chance picks packets out: loss, duplicates and corruption (`netem_enqueue`).
///
/// Duplicating comes before losing, and a packet that both pick comes once; a copy goes through the path once more and
/// may be lost there. So each changes what the other measures, and the simulation says how much.
struct FateModel {
    private let impairment: Impairment
    private var random: RepeatableRandom
    private var loss: LossChain
    private var duplicates: CorrelatedRandom
    private var corruption: CorrelatedRandom

    init(_ impairment: Impairment, seed: UInt64) {
        self.impairment = impairment
        random = RepeatableRandom(seed: seed)
        loss = LossChain(impairment.loss, random: &random)
        duplicates = CorrelatedRandom(correlation: impairment.path.duplicate?.correlation ?? .zero, random: &random)
        corruption = CorrelatedRandom(correlation: impairment.path.corrupt?.correlation ?? .zero, random: &random)
    }

    /// What becomes of so many packets.
    mutating func count(_ packets: Int64) -> FateCount {
        var count = FateCount()
        for _ in 0..<packets {
            let isDuplicated = Self.befalls(impairment.path.duplicate, &duplicates, &random)
            let isPicked = loss.next(&random)
            // Marked packets come, and so do those that lose one of two.
            let comes = !isPicked || isDuplicated || impairment.path.marks
            let isCorrupted = comes && Self.befalls(impairment.path.corrupt, &corruption, &random)
            var copyComes = isDuplicated && (!isPicked || impairment.path.marks)
            if copyComes {
                let isLost = loss.next(&random) && !impairment.path.marks
                copyComes = !isLost
                if copyComes { _ = Self.befalls(impairment.path.corrupt, &corruption, &random) }
            }
            count.add(
                picked: impairment.path.marks ? isPicked : !comes, duplicated: copyComes, corrupted: isCorrupted)
        }
        return count
    }

    private static func befalls(
        _ chance: Chance?, _ numbers: inout CorrelatedRandom, _ random: inout RepeatableRandom
    ) -> Bool {
        guard let chance, chance.share > .zero else { return false }
        return numbers.next(&random) <= chance.share.share
    }
}

extension FateCount {
    /// What simulations of as many packets say, one after the other. Where there are more packets than can be simulated,
    /// fewer are, and `scale` is how many times more the packets' figures vary among these.
    static func replicas(of impairment: Impairment, packets: Int64) -> (counts: [FateCount], scale: Double) {
        let simulated = min(packets, 50_000)
        let counts = (0..<32).map { index in
            var model = FateModel(impairment, seed: UInt64(index) &* 0x2545_f491_4f6c_dd1d &+ 11)
            return model.count(simulated)
        }
        return (counts, simulated > 0 ? (Double(simulated) / Double(packets)).squareRoot() : 1)
    }
}

extension Impairment {
    /// Whether the path does more than lose each packet for itself, or in Gilbert's and Elliott's bursts, whose figures
    /// are known without a simulation.
    var needsFateModel: Bool {
        if path.duplicate != nil || path.corrupt != nil || path.marks { return true }
        switch loss {
        case .none, .independent: return false
        case .correlated, .gilbertElliott, .fourState: return true
        }
    }

    /// Whether the share of packets lost is another than was asked, or known by simulation only.
    var predictsLoss: Bool {
        switch loss {
        case .none: return false
        case .independent, .gilbertElliott: return path.duplicate != nil
        case .correlated, .fourState: return true
        }
    }
}
