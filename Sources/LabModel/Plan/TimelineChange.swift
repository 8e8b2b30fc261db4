/// The link from a moment of the stream on: the whole impairment of each direction that changes.
package struct TimelineChange: Codable, Hashable, Sendable {
    /// Since the stream's start.
    package var at: TimeSpan
    /// The complete new impairment of each direction named by the change.
    package var impairments: [Direction: Impairment]

    package init(at: TimeSpan, impairments: [Direction: Impairment]) {
        self.at = at
        self.impairments = impairments
    }
}
