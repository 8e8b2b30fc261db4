/// One filter in front of a path as the kernel reports it.
package struct FilterState: Codable, Hashable, Sendable {
    package enum Role: String, Codable, Sendable {
        /// Drops RTP packets of a stream by their places.
        case video
        case audio
        /// Drops each so manieth.
        case every
        /// Sends what is matched to the path.
        case match
    }

    package var role: Role
    /// The command of tc(8) that makes it.
    package var command: String
    /// That the filter meant, and those of them that it dropped, since it was made.
    package var packets: Int64
    package var drops: Int64

    package init(role: Role, command: String, packets: Int64, drops: Int64) {
        self.role = role
        self.command = command
        self.packets = packets
        self.drops = drops
    }
}
