/// How media is asked for and delivered with RTSP (RFC 2326).
package struct RTSPPlan: Codable, Hashable, Sendable {
    /// What carries the RTP packets.
    package enum Transport: String, Codable, Sendable, CaseIterable {
        /// UDP, on ports that the client chooses.
        case udp
        /// The RTSP connection itself, between its messages (RFC 2326 section 10.12).
        case tcp
    }

    package var transport: Transport
    /// How many cameras a server has, 1 to 8; each is watched by a receiver of its own.
    package var cameras: Int

    package init(transport: Transport = .udp, cameras: Int = 1) {
        self.transport = transport
        self.cameras = cameras
    }

    /// The path of a camera's stream at the server.
    ///
    /// - Parameter camera: from 1.
    package static func path(ofCamera camera: Int) -> String { "/camera-\(camera)" }
}
