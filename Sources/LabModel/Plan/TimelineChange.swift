/// The link from a moment of the stream on: the whole impairment of each direction that changes.
package struct TimelineChange: Codable, Hashable, Sendable {
    /// Since the stream's start.
    package var at: TimeSpan
    /// The complete new impairment of each direction named by the change.
    package var impairments: [Direction: Impairment]
    /// Of each direction in which it is one step of many: see `Course`.
    package var stepOf: [Direction: Course.Kind]?

    package init(at: TimeSpan, impairments: [Direction: Impairment], stepOf: [Direction: Course.Kind]? = nil) {
        self.at = at
        self.impairments = impairments
        self.stepOf = stepOf
    }

    /// Whether it is a step wherever it changes something.
    package var isStep: Bool { impairments.keys.allSatisfy { isStep(of: $0) } }

    package func isStep(of direction: Direction) -> Bool { stepOf?[direction] != nil }
}

/// A stretch of the timeline in which one direction changes in many small steps, and which is judged as a whole.
package struct Course: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// From one value to another in a straight line.
        case ramp
        /// As a file recorded it.
        case trace
    }

    package var kind: Kind
    package var direction: Direction
    /// Since the stream's start; the step at `to` is none of it any more.
    package var from: TimeSpan
    package var to: TimeSpan
    /// As people read it: `ramp to rate 2 Mbit/s`, `trace lte.csv`.
    package var text: String

    package init(_ kind: Kind, of direction: Direction, from: TimeSpan, to: TimeSpan, text: String) {
        self.kind = kind
        self.direction = direction
        self.from = from
        self.to = to
        self.text = text
    }

    package func contains(_ moment: TimeSpan) -> Bool { moment >= from && moment < to }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of a plan calls: one of an earlier version says nothing of it.
    package func decode(_ type: [Course].Type, forKey key: Key) throws -> [Course] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
