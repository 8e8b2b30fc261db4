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
        gst_init(nil, nil)
        Self.quieten()
        guard let server = gst_rtsp_server_new(), let mounts = gst_rtsp_server_get_mount_points(server) else {
            throw RTSPServerError("cannot make an RTSP server")
        }
        gst_rtsp_server_set_address(server, address)
        gst_rtsp_server_set_service(server, "\(port)")
        visitors = Visitors(of: server)
        self.cameras = cameras.map(Camera.init)
        for (index, camera) in self.cameras.enumerated() {
            gst_rtsp_mount_points_add_factory(mounts, RTSPPlan.path(ofCamera: index + 1), camera.factory())
        }
        g_object_unref(mounts)
        var failure: UnsafeMutablePointer<GError>?
        guard let source = gst_rtsp_server_create_source(server, nil, &failure) else {
            let reason = failure.map { String(cString: $0.pointee.message) } ?? "unknown error"
            throw RTSPServerError("cannot listen on \(address) port \(port): \(reason)")
        }
        g_source_attach(source, nil)
        _ = try Thread.run(named: "server") { g_main_loop_run(g_main_loop_new(nil, 0)) }
        _ = try Thread.run(named: "counts") { [self] in
            while true {
                Clock.sleep(for: 1_000_000_000)
                count()
            }
        }
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

    /// GStreamer's server asks whatever makes packets for a property that only its own payloaders have, and warns that
    /// there is none.
    private static func quieten() {
        g_log_set_handler(
            "GLib-GObject", G_LOG_LEVEL_WARNING,
            { domain, level, message, _ in
                guard let message, !String(cString: message).contains("no property named 'pt'") else { return }
                g_log_default_handler(domain, level, message, nil)
            }, nil)
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

/// Why there is no server.
package struct RTSPServerError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
