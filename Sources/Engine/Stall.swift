package import LabModel

/// Why a watchdog ended a stay inside an engine.
package struct Stall: Sendable, Hashable {
    /// What was wrong with the stay's time.
    package enum Kind: Sendable, Hashable {
        /// The inner side gave no sign of life at all.
        case neverStarted
        /// Time inside stood still, and nothing was said.
        case stoodStill(at: TimeSpan)
        /// More time passed inside than the stay could need.
        case ranOn(longest: TimeSpan)
    }

    package let kind: Kind
    /// How long there was no progress, by the machine's clock.
    package let limit: TimeSpan
    /// Who kept the rest from going on; nil where that could not be found out.
    package var culprits: String?
}

extension Stall: CustomStringConvertible {
    /// One line, lower case, without a full stop.
    package var description: String {
        let words =
            switch kind {
            case .neverStarted: "the engine gave no sign of life for \(Self.text(limit))"
            case .stoodStill(let moment):
                "time inside stood still at \(Self.text(moment)) for \(Self.text(limit)) of the machine's clock"
            case .ranOn(let longest): "it did not end within \(Self.text(longest)) of the time inside"
            }
        return "stuck: " + words + (culprits.map { ": \($0)" } ?? "")
    }

    private static func text(_ span: TimeSpan) -> String {
        let tenths = (span.nanoseconds + 50_000_000) / 100_000_000
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}
