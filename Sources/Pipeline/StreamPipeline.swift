internal import Lab
internal import LabModel
internal import LinuxKit

/// A protocol's way to stream: how its sender, its server and its receiver start, when they are ready, and how they
/// end. One file a protocol; all else is shared.
protocol StreamPipeline {
    /// Starts all parts, each when those that it needs are ready.
    static func start(_ cast: Cast) throws

    /// Whether the receiver is told, in the protocol, that the stream has ended; else netlab tells it.
    static var endsByItself: Bool { get }

    /// Whether what the link could not take in time still comes after the sender's end, as with TCP.
    static var drainsBacklog: Bool { get }
}

extension StreamPipeline {
    static var endsByItself: Bool { true }
    static var drainsBacklog: Bool { false }
}

/// Where a pipeline plays: the lab, and what its parts need to know.
struct Stage: Sendable {
    let plan: Plan
    let lab: Lab
    /// The run directory.
    let folder: String
    let launcher: MediaLauncher
    /// The media file.
    let media: String
    let inbox: StreamInbox
}
