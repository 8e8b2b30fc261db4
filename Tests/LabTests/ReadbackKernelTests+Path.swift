import LabModel

@testable import Lab

extension ReadbackKernelTests {
    private static let tenth = Probability(clamping: 0.1)
    private static let half = Probability(clamping: 0.5)

    /// All that netem does beside delay, jitter and plain loss.
    static let paths =
        [
            path("correlated loss", loss: .correlated(Chance(tenth, correlation: half)), PathImpairment(raw: true)),
            path(
                "four states",
                loss: .fourState(
                    FourStateLoss(
                        p13: Probability(clamping: 0.01), p31: Probability(clamping: 0.3), p32: tenth, p23: half,
                        p14: Probability(clamping: 0.001)))),
            path("marking in place of loss", loss: .independent(tenth), PathImpairment(marks: true)),
            path(
                "a normal distribution, raw and correlated",
                PathImpairment(distribution: .normal, correlation: half, raw: true)),
            path("a Pareto distribution in order", PathImpairment(distribution: .pareto)),
            path(
                "a table of the greatest size",
                PathImpairment(
                    distribution: .table(DistributionTable(name: "x", values: (0..<16384).map { $0 / 2 - 4096 })))),
            path("reordering", PathImpairment(reorder: Reordering(Chance(half)))),
            path(
                "reordering with a gap and a correlation",
                PathImpairment(
                    raw: true, reorder: Reordering(Chance(half, correlation: tenth), gap: 5))),
            path("duplicates", PathImpairment(duplicate: Chance(tenth))),
            path("correlated duplicates", PathImpairment(raw: true, duplicate: Chance(tenth, correlation: half))),
            path("corruption", PathImpairment(corrupt: Chance(tenth))),
            path("correlated corruption", PathImpairment(raw: true, corrupt: Chance(tenth, correlation: half))),
            path(
                "slots",
                PathImpairment(
                    slots: Slots(.between(.milliseconds(5), .milliseconds(8)), packets: 20, bytes: ByteCount(30_000)))),
            path(
                "slots by a distribution",
                PathImpairment(
                    slots: Slots(.distributed(.paretonormal, mean: .milliseconds(5), jitter: .milliseconds(1))))),
        ] + flows

    /// Packets told apart.
    private static let flows = [
        Case(
            "a match",
            Impairment(
                delay: .milliseconds(20),
                match: PacketMatch([
                    PacketMatch.Term(.udp, ports: [5004, 5006], content: .rtcp),
                    PacketMatch.Term(.tcp, source: IPAddress("10.77.0.1"), destination: IPAddress("10.77.0.2")),
                    PacketMatch.Term(host: IPAddress("fd77::2")),
                ]))),
        Case(
            "drop lists",
            Impairment(
                drop: DropList(
                    places: [.video: [1, 100], .audio: [65536]],
                    every: DropList.Nth(1000, of: PacketMatch([PacketMatch.Term(.tcp)]))))),
    ]

    private static func path(_ name: String, loss: LossModel = .none, _ path: PathImpairment = .plain) -> Case {
        Case(name, Impairment(delay: .milliseconds(20), jitter: .milliseconds(2), loss: loss, path: path))
    }
}

extension Probability {
    /// A share of 2^32 - 1.
    fileprivate var asTheKernelKeepsIt: Probability { Probability(clamping: Double(share) / Double(UInt32.max)) }
}

extension Chance {
    fileprivate var asTheKernelKeepsIt: Chance {
        Chance(share.asTheKernelKeepsIt, correlation: correlation.asTheKernelKeepsIt)
    }
}

extension LossModel {
    var asTheKernelKeepsIt: LossModel {
        switch self {
        case .none: .none
        case .independent(let share): .independent(share.asTheKernelKeepsIt)
        case .correlated(let chance): .correlated(chance.asTheKernelKeepsIt)
        case .gilbertElliott(let model):
            .gilbertElliott(
                GilbertElliott(
                    p: model.p.asTheKernelKeepsIt, r: model.r.asTheKernelKeepsIt,
                    lossInBad: model.lossInBad.asTheKernelKeepsIt, lossInGood: model.lossInGood.asTheKernelKeepsIt))
        case .fourState(let model):
            .fourState(
                FourStateLoss(
                    p13: model.p13.asTheKernelKeepsIt, p31: model.p31.asTheKernelKeepsIt,
                    p32: model.p32.asTheKernelKeepsIt, p23: model.p23.asTheKernelKeepsIt,
                    p14: model.p14.asTheKernelKeepsIt))
        }
    }
}

extension PathImpairment {
    var asTheKernelKeepsIt: PathImpairment {
        var kept = self
        kept.correlation = correlation.asTheKernelKeepsIt
        kept.reorder = reorder.map { Reordering($0.chance.asTheKernelKeepsIt, gap: $0.gap) }
        kept.duplicate = duplicate?.asTheKernelKeepsIt
        kept.corrupt = corrupt?.asTheKernelKeepsIt
        return kept
    }
}
