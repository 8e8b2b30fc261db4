internal import LabModel

extension StreamingSession {
    /// How renditions are chosen, with all parameters.
    package var ruleText: String { rule.text }

    /// How the live edge is kept to, with all parameters.
    package var edgeText: String {
        let join = presentation.target.map { "joins \($0.source) behind (\($0.latency.seconds) s)" } ?? "never joined"
        let share = Int((edge.catchUp * 1000).rounded())
        let pace =
            edge.catchUp > 0
            ? "plays \(share / 10).\(share % 10) % slower or faster to stay within \(edge.tolerance.milliseconds) ms of that"
            : "always plays at its own rate"
        return "\(join); \(pace); skips to it when more than \(edge.skipBeyond.seconds) s behind it; "
            + "asks \(limits.attempts) times for a piece, first after \(limits.pause.milliseconds) ms; "
            + "holds at most \(limits.longestBuffer.seconds) s"
    }
}

extension AdaptationRule {
    fileprivate var text: String {
        switch self {
        case .fixed: "fixed: always the same rendition"
        case .throughput(let rule):
            "throughput: keeps a rendition of at most \(Int(rule.keep * 100)) % of the estimate, climbs to one of at most "
                + "\(Int(rule.climb * 100)) %, not within \(rule.dwell.seconds) s of a switch, and goes down with less than "
                + "\(Int(rule.panic * 100)) % of its distance from the source in the buffer; "
                + ThroughputEstimate.text
        case .bola(let rule):
            "BOLA-O: by the buffer, with gamma p = \(rule.gammaP), climbing to at most \(Int(rule.climb * 100)) % of the "
                + "estimate; " + ThroughputEstimate.text
        }
    }
}

extension ThroughputEstimate {
    fileprivate static var text: String {
        "the estimate is the lesser of two means with half-lives of \(halfLives.fast.seconds) s and "
            + "\(halfLives.slow.seconds) s, over the second half of each segment, or of low latency over each part behind "
            + "its first packet, of \(leastBytes) bytes or more; of a segment's length what it takes longer than at that "
            + "rate is not counted on"
    }
}
