/// What an RTMP server of the lab offers, and where.
package enum RTMPService {
    package static let application = "live"
    package static let stream = "netlab"
    package static let port: UInt16 = 1935
    /// Of its status page and of the segments that it makes.
    package static let httpPort: UInt16 = 8080
    /// Of the segments' playlist.
    package static let playlist = "/hls/\(stream).m3u8"

    /// The stream at the server with this address.
    package static func url(at server: String) -> String {
        "rtmp://\(host(server)):\(port)/\(application)/\(stream)"
    }

    /// The playlist at the server with this address.
    package static func playlistURL(at server: String) -> String {
        "http://\(host(server)):\(httpPort)\(playlist)"
    }

    /// IPv6 addresses stand in brackets (RFC 3986 section 3.2.2).
    package static func host(_ server: String) -> String { server.contains(":") ? "[\(server)]" : server }
}
