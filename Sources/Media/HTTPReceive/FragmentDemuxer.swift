internal import CAV
internal import LabModel

/// Takes one fragment of an MP4 apart, by libavformat, which reads the initialization before it.
final class FragmentDemuxer {
    /// An access unit of a fragment.
    struct Unit {
        let kind: MediaKind
        let codec: String
        let pts: Int64
        /// Ticks a second.
        let timescale: Int64
        let isKey: Bool
        /// Plain, as units are stored.
        let bytes: [UInt8]
        /// The place of its last byte in the fragment.
        let end: Int
    }

    private let raw: UnsafeMutablePointer<AVFormatContext>
    private let feed: InputFeed
    private let lead: Int
    private var filters: [BitstreamFilter?] = []

    /// All units of `fragment`; those that are cut off are there as far as they came.
    static func units(_ fragment: ArraySlice<UInt8>, initialization: [UInt8]) throws(AVFailure) -> [Unit] {
        let demuxer = try FragmentDemuxer(fragment, initialization)
        let packet = try Packet()
        var units: [Unit] = []
        while try demuxer.read(packet) {
            if let unit = try demuxer.unit(packet) { units.append(unit) }
        }
        return units
    }

    private init(_ fragment: ArraySlice<UInt8>, _ initialization: [UInt8]) throws(AVFailure) {
        var file: [UInt8]? = initialization + fragment
        let feed = try InputFeed.joining { file.take() }
        var opened = avformat_alloc_context()
        opened?.pointee.pb = feed.raw
        opened?.pointee.flags |= AVFMT_FLAG_NOPARSE | AVFMT_FLAG_NOFILLIN
        // Frees the context where it fails.
        try AVFailure.check(avformat_open_input(&opened, nil, av_find_input_format("mov"), nil))
        guard let raw = opened else { throw .outOfMemory }
        self.raw = raw
        self.feed = feed
        lead = initialization.count
        for index in 0..<Int(raw.pointee.nb_streams) { filters.append(try Self.filter(raw.pointee.streams[index])) }
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    /// To the form with start codes, as units are stored.
    private static func filter(_ stream: UnsafeMutablePointer<AVStream>?) throws(AVFailure) -> BitstreamFilter? {
        guard let stream else { return nil }
        return switch stream.pointee.codecpar.pointee.codec_id {
        case AV_CODEC_ID_H264: try BitstreamFilter.make("h264_mp4toannexb", for: stream)
        case AV_CODEC_ID_HEVC: try BitstreamFilter.make("hevc_mp4toannexb", for: stream)
        default: nil
        }
    }

    private func read(_ packet: borrowing Packet) throws(AVFailure) -> Bool {
        av_packet_unref(packet.raw)
        let result = av_read_frame(raw, packet.raw)
        // A fragment that is cut off ends where its bytes do.
        if result == cav_end || result == cav_invalid_data { return false }
        try AVFailure.check(result)
        return true
    }

    private func unit(_ packet: borrowing Packet) throws(AVFailure) -> Unit? {
        guard let stream = raw.pointee.streams[packet.stream], let parameters = stream.pointee.codecpar,
            let pts = packet.pts, let kind = parameters.pointee.kind
        else { return nil }
        let codec = parameters.pointee.codec
        let end = Int(packet.raw.pointee.pos) + Int(packet.raw.pointee.size) - 1 - lead
        let isKey = packet.isKey
        // A unit that is cut off may make no sense to the filter; it is worth nothing then.
        do throws(AVFailure) {
            try filters[packet.stream]?.filter(packet)
        } catch {
            return nil
        }
        let bytes = UnitContent.plain(packet.bytes, codec: codec)
        let base = stream.pointee.time_base
        return Unit(
            kind: kind, codec: codec, pts: pts * Int64(base.num),
            timescale: Int64(base.den), isKey: NetworkUnits.isKey(bytes, codec: codec) ?? isKey, bytes: bytes, end: end)
    }
}
