internal import CAV
internal import LabModel

/// libavformat's MPEG-TS demuxer, fed with the datagrams that somebody else received.
final class TransportStreamDemuxer: UnitDemuxer {
    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let feed: InputFeed
    private let arrivals: PacketArrivals
    private let packet: Packet
    /// What came in the same PES packet as the unit that was given out, the last first.
    private var further: [ArrivedUnit] = []

    /// Waits for the first program map.
    ///
    /// - Parameter next: the next datagram with its time; nil at the end.
    init(next: @escaping () -> ArrivedDatagram?) throws(AVFailure) {
        let packet = try Packet()
        let arrivals = PacketArrivals()
        let feed = try InputFeed.joining {
            guard let datagram = next() else { return nil }
            arrivals.note(datagram.bytes, at: datagram.time)
            return datagram.bytes
        }
        var opened = avformat_alloc_context()
        opened?.pointee.pb = feed.raw
        // A parser would hold each unit back until the next one begins, and probing would read ahead.
        opened?.pointee.flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN | AVFMT_FLAG_CUSTOM_IO
        guard opened != nil else { throw .outOfMemory }
        // Frees the context where it fails.
        try AVFailure.check(avformat_open_input(&opened, nil, av_find_input_format("mpegts"), nil))
        guard let raw = opened else { throw .outOfMemory }
        self.raw = raw
        self.feed = feed
        self.arrivals = arrivals
        self.packet = packet
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    /// The next access unit; nil at the end. What has no presentation time is left out.
    func read() throws(AVFailure) -> ArrivedUnit? {
        if let unit = further.popLast() { return unit }
        while true {
            av_packet_unref(packet.raw)
            let result = av_read_frame(raw, packet.raw)
            if result == cav_end { return nil }
            try AVFailure.check(result)
            further = takeUnits().reversed()
            if let unit = further.popLast() { return unit }
        }
    }

    private func takeUnits() -> [ArrivedUnit] {
        guard let stream = raw.pointee.streams[packet.stream], let parameters = stream.pointee.codecpar,
            let pts = packet.pts, let time = arrivals.take(startingAt: packet.raw.pointee.pos),
            let kind = parameters.pointee.kind
        else { return [] }
        let codec = parameters.pointee.codec
        let frames =
            codec == "aac"
            ? ADTS.frames(packet.bytes, clockRate: 90_000) : [ADTS.Frame(bytes: packet.bytes, delay: 0)]
        return frames.map { frame in
            let bytes = UnitContent.plain(frame.bytes, codec: codec)
            let isKey = NetworkUnits.isKey(bytes, codec: codec) ?? true
            return ArrivedUnit(kind: kind, pts: pts + frame.delay, isKey: isKey, bytes: bytes, time: time)
        }
    }
}

/// When each PES packet's last transport stream packet came, by where in the stream its first one lies. The demuxer
/// gives a unit out only when the next one begins, which is not when it came.
private final class PacketArrivals {
    private var position: Int64 = 0
    /// Of a packet that goes on in the next datagram: not every sender cuts between packets.
    private var rest: [UInt8] = []
    private var current: [UInt16: Int64] = [:]
    private var times: [Int64: Int64] = [:]
    /// Units that the demuxer threw away are forgotten after so many more.
    private static let limit = 4096

    func note(_ datagram: [UInt8], at time: Int64) {
        let bytes = rest + datagram
        let origin = position - Int64(rest.count)
        var start = 0
        while start + TransportStreamMuxer.packetSize <= bytes.count {
            guard bytes[start] == 0x47 else {
                start += 1
                continue
            }
            note(bytes[start...], startingAt: origin + Int64(start), at: time)
            start += TransportStreamMuxer.packetSize
        }
        rest = Array(bytes[start...])
        position += Int64(datagram.count)
        forget()
    }

    private func note(_ packet: ArraySlice<UInt8>, startingAt position: Int64, at time: Int64) {
        let header = Array(packet.prefix(4))
        guard header[3] & 0x10 != 0 else { return }
        let pid = UInt16(header[1] & 0x1F) << 8 | UInt16(header[2])
        if header[1] & 0x40 != 0 { current[pid] = position }
        if let unit = current[pid] { times[unit] = time }
    }

    private func forget() {
        guard times.count > 2 * Self.limit else { return }
        let oldest = times.keys.sorted()[Self.limit]
        times = times.filter { $0.key >= oldest }
    }

    func take(startingAt position: Int64) -> Int64? { times.removeValue(forKey: position) }
}
