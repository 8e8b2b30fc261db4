import LabModel

/// How a run was made, as names and values.
struct Conduct {
    struct Fact {
        var name: String
        var value: String
    }

    let facts: [Fact]

    init(_ result: RunResult) {
        facts = (Self.engine(result) + Self.network(result) + Self.harness(result)).filter { !$0.value.isEmpty }
    }

    private static func engine(_ result: RunResult) -> [Fact] {
        let run = result.run
        return [
            Fact(name: "Engine", value: "\(run.engine.rawValue): \(run.engineReason)"),
            Fact(name: "Kernel of the lab", value: run.kernel),
            Fact(name: "Kernel of the host", value: run.hostKernel),
            Fact(name: "Outcome", value: run.outcome.words),
            Fact(name: "Seed", value: String(result.plan.seed) + seeding(result)),
        ]
    }

    private static func seeding(_ result: RunResult) -> String {
        let readbacks = result.run.readbacks
        guard !readbacks.isEmpty else { return "" }
        return readbacks.allSatisfy(\.seeded) ? ", taken by the kernel" : ", which the kernel could not take"
    }

    private static func network(_ result: RunResult) -> [Fact] {
        let run = result.run
        return [
            Fact(name: "Congestion control", value: run.congestionControl + (result.plan.ecn ? ", with ECN" : "")),
            Fact(name: "Internet Protocol", value: "IPv\(result.plan.ip.rawValue)"),
            Fact(name: "Largest packet (MTU)", value: mtu(result)),
            Fact(name: "Sender", value: run.senderAddress),
            Fact(name: "Receiver", value: run.receiverAddress),
            Fact(name: "Link profile", value: result.plan.profile ?? ""),
            Fact(name: "Source of the profile", value: result.plan.profileSource ?? ""),
        ] + asked(result.plan)
    }

    private static func asked(_ plan: Plan) -> [Fact] {
        plan.hops.enumerated().flatMap { index, hop in
            Direction.allCases.map { direction in
                let name = direction.word(ofHop: plan.number(ofHop: index))
                return Fact(
                    name: name.prefix(1).uppercased() + name.dropFirst() + " asked",
                    value: (hop[direction] ?? .clean).text)
            }
        }
    }

    private static func mtu(_ result: RunResult) -> String {
        let asked = "\(result.plan.mtu.text) asked"
        return result.run.mtu.map { "\(asked), \($0.text) by the kernel" } ?? asked
    }

    private static func harness(_ result: RunResult) -> [Fact] {
        let harness = result.run.harness
        var facts: [Fact] = []
        if let lateness = harness.sendLateness {
            facts.append(
                Fact(
                    name: "Packets left late by",
                    value: "\(lateness.p50.text) in the median, 99 % within \(lateness.p99.text), at most "
                        + lateness.maximum.text))
        }
        facts.append(Fact(name: "Time taken", value: TimeTaken(harness)?.words ?? ""))
        facts.append(Fact(name: "Processor in use", value: harness.busy?.text ?? ""))
        facts.append(Fact(name: "Processor stolen", value: harness.steal?.text ?? ""))
        facts.append(Fact(name: "Clock step", value: harness.clockStep?.text ?? ""))
        if let neighbours = harness.neighbours, neighbours > 0 {
            facts.append(Fact(name: "Beside it", value: neighbours == 1 ? "1 other run" : "\(neighbours) other runs"))
        }
        facts.append(Fact(name: "Second try", value: harness.earlierTry?.words ?? ""))
        return facts
    }
}

extension EarlierTry {
    /// In words.
    var words: String {
        let others = neighbours == 1 ? "another run" : "\(neighbours) others"
        return "made alone, since the first beside \(others) was invalid (\(findings.joined(separator: "; ")))"
            + "; that one is in ../\(folder)"
    }
}

extension RunOutcome {
    /// In words.
    var words: String {
        switch self {
        case .completed: "completed"
        case .interrupted: "interrupted"
        case .unsupported(let reason): "unsupported: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        }
    }
}
