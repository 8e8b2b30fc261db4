internal import CAV
internal import LabModel

/// The owner of an open demuxer (`AVFormatContext`).
struct InputFile: ~Copyable {
    let raw: UnsafeMutablePointer<AVFormatContext>

    private init(owning raw: UnsafeMutablePointer<AVFormatContext>) {
        self.raw = raw
    }

    /// Opens a media file and finds out what is in it.
    static func open(_ path: String) throws(AVFailure) -> InputFile {
        var raw: UnsafeMutablePointer<AVFormatContext>?
        // The prefix keeps a name such as "a:b.mp4" from being taken for a protocol.
        try AVFailure.check(avformat_open_input(&raw, "file:" + path, nil, nil))
        guard let raw else { throw .outOfMemory }
        let file = InputFile(owning: raw)
        try AVFailure.check(avformat_find_stream_info(raw, nil))
        return file
    }

    deinit {
        var raw: UnsafeMutablePointer<AVFormatContext>? = raw
        avformat_close_input(&raw)
    }

    var streamCount: Int { Int(raw.pointee.nb_streams) }

    func stream(_ index: Int) -> UnsafeMutablePointer<AVStream>? {
        guard index >= 0, index < streamCount else { return nil }
        return raw.pointee.streams[index]
    }

    /// How long the container says that it is; nil where it does not.
    var duration: TimeSpan? {
        let duration = raw.pointee.duration
        return duration > 0 ? TimeSpan(nanoseconds: duration * 1000) : nil
    }

    /// The stream of a kind that ffmpeg holds for the main one; nil where there is none.
    func best(_ type: AVMediaType) -> Int? {
        let index = av_find_best_stream(raw, type, -1, -1, nil, 0)
        return index < 0 ? nil : Int(index)
    }

    /// Reads the next packet into `packet`; false at the end.
    func read(_ packet: borrowing Packet) throws(AVFailure) -> Bool {
        av_packet_unref(packet.raw)
        let result = av_read_frame(raw, packet.raw)
        if result == cav_end { return false }
        try AVFailure.check(result)
        return true
    }
}
