internal import LabModel

extension Netem {
    /// What `tc-netem(8)` takes. Without the seed, which `tc` knows from iproute2 6.6 on and refuses before; a
    /// distribution by its name, under which `tc` has a table of its own.
    var words: String {
        let parts = [
            "limit \(limit)", delayWords, lossWords, duplicate.map { "duplicate \($0.words)" },
            corrupt.map { "corrupt \($0.words)" }, reorder.map { "reorder \($0.chance.words) gap \($0.gap)" },
            rate.map { "rate \(TcWords.rate($0))" }, slots.map { "slot \($0.words)" },
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    private var delayWords: String {
        var words = "delay \(TcWords.time(delay))"
        guard jitter > .zero else { return words }
        words += " " + TcWords.time(jitter)
        if delayCorrelation > .zero { words += " " + TcWords.share(delayCorrelation) }
        return words + (distribution?.words ?? "")
    }

    private var lossWords: String? {
        let ecn = marks ? " ecn" : ""
        return switch loss {
        case .none: nil
        case .independent(let probability): "loss \(TcWords.share(probability))" + ecn
        case .correlated(let chance): "loss \(chance.words)" + ecn
        case .gilbertElliott(let model):
            "loss gemodel " + TcWords.shares([model.p, model.r, model.lossInBad, model.lossInGood]) + ecn
        case .fourState(let model):
            "loss state " + TcWords.shares([model.p13, model.p31, model.p32, model.p23, model.p14]) + ecn
        }
    }
}

extension NetemSlots {
    fileprivate var words: String {
        let spacing =
            distribution.map { "\($0.words.dropFirst()) \(TcWords.time(mean)) \(TcWords.time(jitter))" }
            ?? "\(TcWords.time(least)) \(TcWords.time(most))"
        let limits = [packets.map { "packets \($0)" }, bytes.map { "bytes \($0)" }].compactMap { $0 }
        return ([spacing] + limits).joined(separator: " ")
    }
}

extension DistributionTable {
    /// With a blank before it; empty for the even one, which a netem has of itself.
    fileprivate var words: String {
        name == DistributionTable.uniform.name ? "" : " distribution \(TcWords.quoted(name))"
    }
}

extension Chance {
    fileprivate var words: String {
        TcWords.share(share) + (correlation > .zero ? " \(TcWords.share(correlation))" : "")
    }
}

extension TcWords {
    fileprivate static func shares(_ probabilities: [Probability]) -> String {
        probabilities.map(share).joined(separator: " ")
    }
}
