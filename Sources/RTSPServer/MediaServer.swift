internal import CGstRTSPServer
package import LabModel
internal import LinuxKit

/// GStreamer's RTSP server with a mount for each camera.
package final class MediaServer: Sendable {
    private let cameras: [Camera]
    private let visitors: Visitors
    private let isFlowing = Condition(false)
    private let counted: @Sendable ([RTSPServerCount]) -> Void

    /// Listens; its own work is done on a thread of its own.
    ///
    /// - Parameters:
    ///   - cameras: each camera's streams.
    ///   - counted: hears once a second, and when the last packet has left, what the server has counted.
    package init(
        _ cameras: [[ServedTrack]], address: String, port: UInt16,
        counted: @escaping @Sendable ([RTSPServerCount]) -> Void
    ) throws {
        self.counted = counted
        let listener = try Listener()
        self.cameras = cameras.map(Camera.init)
        visitors = Visitors(of: listener.server)
        for (index, camera) in self.cameras.enumerated() {
            listener.mount(camera.factory(), at: RTSPPlan.path(ofCamera: index + 1))
        }
        try listener.listen(on: address, port: port) { [self] in count() }
    }

    /// Says what GStreamer's RTP manager has counted by now.
    private func count() {
        let counts = cameras.flatMap(\.counts)
        if !counts.isEmpty { counted(counts) }
    }

    /// Lets the streams flow with the first packet that is sent.
    ///
    /// - Parameter start: presentation time 0 (monotonic, ns).
    package func open(at start: Int64) {
        for camera in cameras { camera.setClock(start) }
    }

    /// Sends a packet; `time` is its own, in ns since the start.
    package func send(_ packet: [UInt8], of stream: Int, camera: Int, time: Int64) {
        let isFirst = isFlowing.change { isFlowing in
            defer { isFlowing = true }
            return !isFlowing
        }
        if isFirst { for camera in cameras { camera.letGo() } }
        cameras[camera - 1].send(packet, of: stream, time: time)
    }

    /// Ends the streams, and returns when all clients have left, or might have.
    package func close() {
        // With its BYE a source goes, and with that what was counted.
        Clock.sleep(for: Self.settling)
        count()
        for camera in cameras { camera.end() }
        visitors.awaitLeave(untilMonotonic: Clock.monotonic() + Self.patience)
    }

    /// How long the last packets may take through GStreamer's threads.
    private static let settling: Int64 = 20_000_000

    /// How long clients may take over what is under way to them.
    private static let patience: Int64 = 4_000_000_000
}

/// A stream of ready RTP packets.
package struct ServedTrack: Sendable {
    let capabilities: String
    let firstPacket: [UInt8]

    /// - Parameters:
    ///   - capabilities: what it is, as GStreamer writes it: `application/x-rtp, media=(string)video, ...`.
    ///   - firstPacket: tells GStreamer where the stream's numbers begin.
    package init(capabilities: String, firstPacket: [UInt8]) {
        self.capabilities = capabilities
        self.firstPacket = firstPacket
    }
}
