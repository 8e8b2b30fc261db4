internal import CAV
internal import LabModel

/// libavformat's RTSP client (RFC 2326), in the middle of a session: it has asked a server for a stream, and takes it.
final class RTSPClient {
    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let interruption: Interruption

    /// Goes through OPTIONS, DESCRIBE, SETUP and PLAY; returns when the server has said yes to the last.
    ///
    /// - Parameters:
    ///   - firstPort: of UDP; each stream takes this one or a later even one for RTP, and the next for RTCP.
    ///   - shouldStop: asked again and again while the client waits.
    init(
        _ address: String, transport: RTSPPlan.Transport, firstPort: UInt16, shouldStop: @escaping () -> Bool
    ) throws(AVFailure) {
        let interruption = Interruption(when: shouldStop)
        var opened = avformat_alloc_context()
        guard let context = opened else { throw .outOfMemory }
        // A parser would hold each unit back until the next one begins, and a buffer what was read while probing.
        context.pointee.flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN | AVFMT_FLAG_NOBUFFER
        context.pointee.interrupt_callback = interruption.callback
        var options = Options([
            "rtsp_transport": transport.rawValue, "min_port": "\(firstPort)",
            "max_port": "\(firstPort + Self.portRange)",
        ])
        // Frees the context where it fails.
        try AVFailure.check(avformat_open_input(&opened, address, av_find_input_format("rtsp"), &options.raw))
        guard let opened else { throw .outOfMemory }
        raw = opened
        self.interruption = interruption
    }

    /// Tells the server that the session is over (TEARDOWN).
    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    /// Of the streams, in the order of the description.
    var kinds: [MediaKind?] {
        (0..<Int(raw.pointee.nb_streams)).map { raw.pointee.streams[$0]?.pointee.codecpar.pointee.kind }
    }

    /// A piece of a unit: what one packet held of it.
    struct Piece {
        let stream: Int
        /// Since the stream's first packet, in ticks of its RTP clock; nil for more of the unit before.
        let time: Int64?
        let bytes: [UInt8]
    }

    /// The next piece; nil at the end of the stream, or where the client is to stop.
    func read(_ packet: borrowing Packet) throws(AVFailure) -> Piece? {
        while true {
            av_packet_unref(packet.raw)
            let result = av_read_frame(raw, packet.raw)
            if result == cav_end || result == cav_exit { return nil }
            if result == cav_again, !interruption.isDue() { continue }
            try AVFailure.check(result)
            return Piece(stream: packet.stream, time: packet.pts, bytes: packet.bytes)
        }
    }

    /// libavformat begins at a port that chance picks from a range; from one this small it is the first or the third.
    private static let portRange: UInt16 = 8
}
