package import LabModel

/// Something that the session wants to have.
package struct Fetch: Hashable, Sendable {
    package let id: Int
    package let resource: Resource
    package let kind: HTTPRequest.Kind
    /// Numbers in the presentation's tracks; nil before there are any.
    package let track: Int?
    package let rendition: Int?
    /// What is fetched, or what an initialization is fetched for.
    package let piece: MediaPiece?
    /// 1 for the first.
    package let attempt: Int
    package let began: Timestamp
}

/// What limits a client.
package struct SessionLimits: Hashable, Sendable {
    /// No more media than this is held.
    package var longestBuffer = TimeSpan.seconds(30)
    /// So many parts of a track are asked for side by side: where the round trip takes as long as a part, one after
    /// another would be too slow.
    package var parts = 2
    /// A piece that could not be had so often is skipped.
    package var attempts = 4
    /// From one attempt to the next; twice as long each time.
    package var pause = TimeSpan.milliseconds(100)
    /// Without any manifest for so long the session has failed.
    package var patience = TimeSpan.seconds(20)

    package init() {}
}
