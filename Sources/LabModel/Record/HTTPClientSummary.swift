/// What an HTTP client went by and came to: `media/http-client.json`.
package struct HTTPClientSummary: Codable, Hashable, Sendable {
    /// How it chose renditions, and how it kept to the live edge, with all parameters, in a sentence each.
    package var rule: String
    package var edge: String
    /// How far behind the source it meant to play; absent where no manifest came.
    package var target: TimeSpan?
    /// Of the video, from the least rate.
    package var renditions: [HTTPRendition]
    /// Pieces that it could not have and went on without.
    package var givenUp: Int
    /// How often it skipped to its target because it was too far behind.
    package var skips: Int
    /// Why it could not go on; absent where it could.
    package var failure: String?

    package init(
        rule: String, edge: String, target: TimeSpan?, renditions: [HTTPRendition], givenUp: Int, skips: Int,
        failure: String?
    ) {
        self.rule = rule
        self.edge = edge
        self.target = target
        self.renditions = renditions
        self.givenUp = givenUp
        self.skips = skips
        self.failure = failure
    }
}

/// A rendition as the manifest told of it.
package struct HTTPRendition: Codable, Hashable, Sendable {
    package var name: String
    /// Absent where the manifest does not say.
    package var rate: Rate?
    package var width: Int?
    package var height: Int?

    package init(name: String, rate: Rate?, width: Int? = nil, height: Int? = nil) {
        self.name = name
        self.rate = rate
        self.width = width
        self.height = height
    }
}
