import LabModel

/// One line of "asked, applied, measured" as people read it.
struct ProofWords {
    var name: String
    var asked: String
    /// What the very packets that were sent should measure; empty where that is what was asked.
    var predicted: String
    var applied: String
    var measured: String
    /// 95 % confidence interval; empty where there is none.
    var interval: String
    var error: String
    /// The greatest error that still confirms; empty where the interval decides.
    var tolerance: String
    var judgement: String
    var note: String

    init(_ proof: LinkProof) {
        let quantity = proof.quantity
        name = proof.property.word
        asked = quantity.text(proof.asked)
        applied = quantity.text(proof.applied)
        measured = quantity.text(proof.measured)
        interval =
            if let low = proof.low, let high = proof.high { quantity.interval(low, high) } else { "" }
        error = proof.error.map { Self.error($0, of: proof) } ?? ""
        judgement = proof.judgement.word
        predicted = proof.predicted.map { quantity.text($0) } ?? ""
        tolerance =
            if proof.error != nil, let limit = proof.tolerance, limit > 0 {
                "allowed \(Self.error(limit, of: proof).dropFirst())"
            } else { "" }
        note = proof.note ?? ""
    }

    /// Relative for a rate, absolute for the rest, and to two places: what is less is none.
    private static func error(_ error: Double, of proof: LinkProof) -> String {
        let (number, unit) =
            switch (proof.property, proof.quantity) {
            case (.rate, _): ((error * 100).fixed(2), " %")
            case (_, .ratio): ((error * 100).fixed(2), " pp")
            case (_, .time): ((error * 1000).fixed(2), " ms")
            case (_, .rate), (_, .size), (_, .count): (proof.quantity.difference(error), "")
            }
        let signed = number.hasPrefix("-") || number.hasPrefix("+") || number.hasPrefix("\u{b1}")
        if signed { return number + unit }
        return (number == "0.00" ? "\u{b1}" : "+") + number + unit
    }
}

extension LinkProof.Property {
    var word: String {
        switch self {
        case .rate: "rate"
        case .delay: "delay"
        case .jitter: "jitter"
        case .loss: "loss"
        case .queue: "queue"
        case .order: "reordered"
        case .distribution: "distribution"
        case .burst: "burst length"
        case .mark: "marked"
        case .duplicate: "duplicated"
        case .corrupt: "corrupted"
        case .reorder: "overtaking"
        case .slot: "slots"
        case .drops: "dropped"
        case .marks: "marked by the queue"
        case .match: "matched"
        case .unmatchedLoss: "loss of the unmatched"
        case .unmatchedDelay: "delay of the unmatched"
        case .listed: "dropped by their place"
        case .every: "dropped by their number"
        case .mtu: "largest packet"
        }
    }
}

extension LinkProof.Judgement {
    var word: String {
        switch self {
        case .confirmed: "as asked"
        case .off: "off"
        case .unmeasured: "not measured"
        }
    }

    var symbol: String {
        switch self {
        case .confirmed: "\u{2713}"
        case .off: "\u{2717}"
        case .unmeasured: "\u{2013}"
        }
    }
}

/// The proofs of one direction and one phase of the timeline.
struct ProofGroup {
    var hop: Int?
    var direction: Direction
    var from: TimeSpan
    var to: TimeSpan
    var proofs: [LinkProof]

    /// In the order of time, the downlink first.
    static func groups(of proofs: [LinkProof]) -> [ProofGroup] {
        var groups: [ProofGroup] = []
        for proof in proofs {
            let index = groups.firstIndex {
                $0.hop == proof.hop && $0.direction == proof.direction && $0.from == proof.from && $0.to == proof.to
            }
            if let index {
                groups[index].proofs.append(proof)
            } else {
                groups.append(
                    ProofGroup(
                        hop: proof.hop, direction: proof.direction, from: proof.from, to: proof.to, proofs: [proof]))
            }
        }
        return groups.sorted {
            ($0.hop ?? 0, $0.direction == .downlink ? 0 : 1, $0.from, $0.to)
                < ($1.hop ?? 0, $1.direction == .downlink ? 0 : 1, $1.from, $1.to)
        }
    }

    /// `downlink, 0 s to 10 s`.
    var title: String {
        "\(direction.word(ofHop: hop)), \(from.clock) to \(to.clock)"
    }
}

extension Direction {
    /// Capitalised, to head a column.
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// `downlink`, or `hop 2, downlink`.
    func word(ofHop hop: Int?) -> String { hop.map { "hop \($0), \(rawValue)" } ?? rawValue }
}

extension TimeSpan {
    /// A moment of the stream: `10 s`, `12.35 s`.
    var clock: String {
        let text = seconds.fixed(2)
        return (text.hasSuffix(".00") ? String(text.dropLast(3)) : text) + " s"
    }

    /// The same to a tenth of a millisecond.
    var preciseClock: String { seconds.fixed(4) + " s" }
}
