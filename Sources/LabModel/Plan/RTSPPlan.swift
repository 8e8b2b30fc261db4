/// How media is asked for and delivered with RTSP (RFC 2326).
package struct RTSPPlan: Codable, Hashable, Sendable {
    /// What carries the RTP packets.
    package enum Transport: String, Codable, Sendable, CaseIterable {
        /// UDP, on ports that the client chooses.
        case udp
        /// The RTSP connection itself, between its messages (RFC 2326 section 10.12).
        case tcp
    }

    /// Which end of the link has the server.
    package enum Mode: String, Codable, Sendable, CaseIterable {
        /// The sender's: receivers ask for the stream (PLAY).
        case pull
        /// The receiver's: the sender hands it the stream (ANNOUNCE, RECORD).
        case push
    }

    package var transport: Transport
    package var mode: Mode
    /// How many cameras a server has, 1 to 8; each is watched by a receiver of its own.
    package var cameras: Int

    package init(transport: Transport = .udp, mode: Mode = .pull, cameras: Int = 1) {
        self.transport = transport
        self.mode = mode
        self.cameras = cameras
    }

    /// The path of a camera's stream at the server.
    ///
    /// - Parameter camera: from 1.
    package static func path(ofCamera camera: Int) -> String { "/camera-\(camera)" }
}
