internal import CAV
internal import LabModel
internal import LinuxKit

/// libavformat's RTMP client, playing a stream: its FLV demuxer gives each access unit out when its last byte came.
final class RTMPSubscription {
    /// One access unit.
    struct Unit {
        let kind: MediaKind
        /// Milliseconds.
        let pts: Int64
        let isKey: Bool
        let bytes: [UInt8]
        /// When it came (ns since 1970).
        let time: Int64
    }

    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let interruption: Interruption

    /// Connects, asks for the stream, and returns when something of it came.
    init(to url: String, until isDue: @escaping () -> Bool) throws(AVFailure) {
        let interruption = Interruption(when: isDue)
        var opened = avformat_alloc_context()
        // A parser would hold each unit back until the next one begins, and probing would read ahead.
        opened?.pointee.flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN
        opened?.pointee.interrupt_callback = interruption.callback
        guard opened != nil else { throw .outOfMemory }
        var options = Options(["rtmp_live": "live", "tcp_nodelay": "1"])
        // Frees the context where it fails.
        try AVFailure.check(avformat_open_input(&opened, url, av_find_input_format("flv"), &options.raw))
        guard let raw = opened else { throw .outOfMemory }
        self.raw = raw
        self.interruption = interruption
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    /// The next access unit; nil at the end. What has no presentation time is left out.
    func read(_ packet: borrowing Packet) throws(AVFailure) -> Unit? {
        while true {
            av_packet_unref(packet.raw)
            let result = av_read_frame(raw, packet.raw)
            let time = Clock.realtime()
            if result == cav_end { return nil }
            try AVFailure.check(result)
            if let unit = unit(packet, at: time) { return unit }
        }
    }

    private func unit(_ packet: borrowing Packet, at time: Int64) -> Unit? {
        guard let stream = raw.pointee.streams[packet.stream], let parameters = stream.pointee.codecpar,
            let pts = packet.pts, let kind = parameters.pointee.kind
        else { return nil }
        let codec = parameters.pointee.codec
        switch kind {
        case .video:
            let bytes = UnitContent.plain(NetworkUnits.delimited(packet.bytes), codec: codec)
            let isKey = NetworkUnits.isKey(bytes, codec: codec) ?? packet.isKey
            return Unit(kind: .video, pts: pts, isKey: isKey, bytes: bytes, time: time)
        case .audio:
            let bytes = UnitContent.plain(packet.bytes, codec: codec)
            return Unit(kind: .audio, pts: pts, isKey: true, bytes: bytes, time: time)
        }
    }
}
