/// What is known of the user's own programs in a pipeline.
package struct ProgramsReport: Codable, Hashable, Sendable {
    /// Their command lines, and where what they printed is, relative to the run directory. How they ended is in
    /// `RunRecord.workers`.
    package var programs: [Program] = []
    /// What went over the link, flow by flow.
    package var traffic: [TrafficFlow] = []
    package var files: [WrittenFile] = []

    package init() {}

    package struct Program: Codable, Hashable, Sendable {
        /// `sender`, `server` or `receiver`.
        package var role: String
        package var run: String
        package var log: String

        package init(role: String, run: String, log: String) {
            self.role = role
            self.run = run
            self.log = log
        }
    }
}

/// What passed between two ports at the receiver's end of the link.
package struct TrafficFlow: Codable, Hashable, Sendable {
    /// `udp` or `tcp`.
    package var transport: String
    /// Address and port of the side that sent first.
    package var first: String
    package var second: String
    /// What is spoken, by the first bytes; absent where they are of no protocol that is known.
    package var `protocol`: String?
    package var packets: Int64
    /// Payload of both directions.
    package var bytes: ByteCount

    package init(
        transport: String, first: String, second: String, protocol: String?, packets: Int64, bytes: ByteCount
    ) {
        self.transport = transport
        self.first = first
        self.second = second
        self.protocol = `protocol`
        self.packets = packets
        self.bytes = bytes
    }
}

/// A file that a program of the user's own wrote: an entry of `media/files.json`.
package struct WrittenFile: Codable, Hashable, Sendable {
    /// Relative to the run directory.
    package var name: String
    package var size: ByteCount
    /// Of media; absent in what is none.
    package var duration: TimeSpan?
    /// Such as `h264 1280x720, aac 48000 Hz`.
    package var media: String?

    package init(name: String, size: ByteCount, duration: TimeSpan? = nil, media: String? = nil) {
        self.name = name
        self.size = size
        self.duration = duration
        self.media = media
    }
}
