import CommandLineKit
import LabModel

/// How long a run may make no progress before it is ended.
enum StallLimit {
    static let option = "stall-limit"

    static let declaration = Option.value(
        option, placeholder: "seconds", default: "60",
        "End a run that makes no progress for so long, by the machine's clock.")

    /// Much longer than a busy machine holds up a run that is well.
    static let usual = TimeSpan.seconds(60)

    /// How much time may pass in the lab: twice what the plan takes, and five minutes for all that precedes and follows
    /// the stream. Every wait inside is bounded, so that this is reached only where one is not.
    static func longestStay(of plan: Plan) -> TimeSpan {
        let probes = plan.probes.map { probe in
            if case .throughput(let test) = probe { return test.duration }
            return TimeSpan.zero
        }
        let planned = probes.reduce(plan.duration, +)
        return planned + planned + .seconds(300)
    }
}

extension ParsedArguments {
    /// What `--stall-limit` says; nil where it is not given.
    func stallLimit() throws(UsageError) -> TimeSpan? {
        try integer(StallLimit.option, in: 1...86_400).map { .seconds(Double($0)) }
    }
}
