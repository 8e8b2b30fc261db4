internal import CAV
internal import LabModel

/// libavformat's RTP muxer for one stream, writing its packets here instead of to a socket.
///
/// Every packet is made before the first is sent, so that the sending loop does nothing but wait and send.
final class Packetizer {
    private let muxer: UnsafeMutablePointer<AVFormatContext>
    private let sink: OutputSink
    private let made: Made

    private final class Made {
        var packets: [(timestamp: UInt32, bytes: [UInt8])] = []
    }

    /// - Parameter largest: the largest RTP packet, its header included.
    init(
        _ parameters: CodecParameters, payloadType: UInt8, ssrc: UInt32, largest: ByteCount
    ) throws(AVFailure) {
        let made = Made()
        let sink = try OutputSink(size: Int(largest.bytes), isPackets: true) { bytes in
            if let header = RTPHeader(bytes) { made.packets.append((header.timestamp, Array(bytes))) }
        }
        var raw: UnsafeMutablePointer<AVFormatContext>?
        try AVFailure.check(avformat_alloc_output_context2(&raw, nil, "rtp", nil))
        guard let raw else { throw .outOfMemory }
        muxer = raw
        self.sink = sink
        self.made = made
        guard let stream = avformat_new_stream(raw, nil) else { throw .outOfMemory }
        try AVFailure.check(avcodec_parameters_copy(stream.pointee.codecpar, parameters.raw))
        stream.pointee.codecpar.pointee.codec_tag = 0
        muxer.pointee.pb = sink.raw
        muxer.pointee.packet_size = UInt32(clamping: largest.bytes)
        // No waiting for more sound to fill a packet.
        muxer.pointee.max_delay = 0
        var options = Options([
            // The sender makes its own reports: libavformat's follow the wall clock and not the media.
            "rtpflags": "skip_rtcp", "payload_type": "\(payloadType)", "ssrc": "\(Int32(bitPattern: ssrc))", "seq": "0",
        ])
        try AVFailure.check(avformat_write_header(muxer, &options.raw))
    }

    deinit {
        avformat_free_context(muxer)
    }

    /// The payload's RTP clock in Hz.
    var clockRate: Int {
        muxer.pointee.streams[0].map { Int($0.pointee.time_base.den) } ?? 0
    }

    /// The media part of a session description (RFC 4566) for this stream.
    var description: String {
        var text = [CChar](repeating: 0, count: 16384)
        var contexts: [UnsafeMutablePointer<AVFormatContext>?] = [muxer]
        av_sdp_create(&contexts, 1, &text, Int32(text.count))
        let whole = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let lines = whole.split(whereSeparator: \.isNewline)
        return lines.drop { !$0.hasPrefix("m=") }.map { $0 + "\r\n" }.joined()
    }

    /// The packets of each unit, with the RTP timestamps that the muxer gave them replaced by the unit's own.
    ///
    /// The muxer keeps sound back until the next frame comes, so packets are told apart by their timestamps, which
    /// are the units' plus an unknown constant: the first packet is the first unit's.
    func packets(of stream: MediaSource.Stream) throws(AVFailure) -> [(timestamp: Int64, packets: [[UInt8]])] {
        let clock = AVRational(num: 1, den: Int32(clockRate))
        let packet = try Packet()
        let times = stream.units.map { av_rescale_q($0.pts, stream.timeBase, clock) }
        for (unit, time) in zip(stream.units, times) {
            try write(unit, packet, pts: time, dts: av_rescale_q(unit.dts, stream.timeBase, clock))
        }
        // What the muxer still holds back it would throw away at the end, so one more unit, never sent, drives it out.
        if stream.kind == .audio, let last = stream.units.last, let time = times.last {
            try write(last, packet, pts: time + Int64(clockRate), dts: time + Int64(clockRate))
        }
        try AVFailure.check(av_write_trailer(muxer))
        return group(times)
    }

    private func write(
        _ unit: MediaSource.Unit, _ packet: borrowing Packet, pts: Int64, dts: Int64
    ) throws(AVFailure) {
        try fill(packet, unit.bytes)
        packet.raw.pointee.pts = pts
        packet.raw.pointee.dts = dts
        packet.raw.pointee.flags = unit.isKey ? AV_PKT_FLAG_KEY : 0
        try AVFailure.check(av_write_frame(muxer, packet.raw))
        avio_flush(sink.raw)
    }

    private func group(_ times: [Int64]) -> [(timestamp: Int64, packets: [[UInt8]])] {
        guard let first = made.packets.first, let firstTime = times.first else { return [] }
        let base = first.timestamp &- UInt32(truncatingIfNeeded: firstTime)
        var packets: [UInt32: [[UInt8]]] = [:]
        for (timestamp, bytes) in made.packets { packets[timestamp &- base, default: []].append(bytes) }
        return times.map { ($0, packets[UInt32(truncatingIfNeeded: $0)] ?? []) }
    }

    private func fill(_ packet: borrowing Packet, _ bytes: [UInt8]) throws(AVFailure) {
        av_packet_unref(packet.raw)
        try AVFailure.check(av_new_packet(packet.raw, Int32(bytes.count)))
        packet.raw.pointee.data.update(from: bytes, count: bytes.count)
    }
}
