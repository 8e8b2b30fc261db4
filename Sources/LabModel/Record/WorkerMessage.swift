/// What a media worker says on its standard output: one JSON object a line.
package struct WorkerMessage: Codable, Sendable {
    /// Sockets are open and the media is at hand.
    package var ready: Bool?
    /// The connection to the other end stands.
    package var connected: Bool?
    package var progress: Progress?
    /// The worker has written everything and leaves.
    package var ended: Bool?
    /// How late the sender's packets left, against their deadlines.
    package var lateness: Distribution?
    package var packets: Int64?
    /// Dropped because the receiver's socket buffer was full (`SO_RXQ_OVFL`).
    package var socketDrops: Int64?
    /// Something that whoever reads the report should know.
    package var warning: String?

    package init() {}
}
