internal import CGstRTSPServer
internal import LinuxKit

/// GStreamer's RTSP server itself, which lives as long as the process.
struct Listener {
    let server: UnsafeMutablePointer<GstRTSPServer>

    init() throws(RTSPServerError) {
        gst_init(nil, nil)
        Self.quieten()
        guard let server = gst_rtsp_server_new() else { throw RTSPServerError("cannot make an RTSP server") }
        self.server = server
    }

    /// Lets clients have what a factory makes.
    func mount(_ factory: UnsafeMutablePointer<GstRTSPMediaFactory>?, at path: String) {
        guard let mounts = gst_rtsp_server_get_mount_points(server) else { return }
        gst_rtsp_mount_points_add_factory(mounts, path, factory)
        g_object_unref(mounts)
    }

    /// Listens; the server's work is done on a thread of its own.
    ///
    /// - Parameter eachSecond: called once a second from now on.
    func listen(on address: String, port: UInt16, eachSecond: @escaping @Sendable () -> Void) throws {
        gst_rtsp_server_set_address(server, address)
        gst_rtsp_server_set_service(server, "\(port)")
        var failure: UnsafeMutablePointer<GError>?
        guard let source = gst_rtsp_server_create_source(server, nil, &failure) else {
            let reason = failure.map { String(cString: $0.pointee.message) } ?? "unknown error"
            throw RTSPServerError("cannot listen on \(address) port \(port): \(reason)")
        }
        g_source_attach(source, nil)
        _ = try Thread.run(named: "server") { g_main_loop_run(g_main_loop_new(nil, 0)) }
        _ = try Thread.run(named: "counts") {
            while true {
                Clock.sleep(for: 1_000_000_000)
                eachSecond()
            }
        }
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
}

/// Why there is no server.
package struct RTSPServerError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
