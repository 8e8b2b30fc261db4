internal import CAV
internal import LabModel

/// A media file read to memory: its main video and audio stream as access units in decoding order.
///
/// All of it is read before anything is sent, so that a slow disk never delays a packet.
struct MediaSource {
    /// One elementary stream.
    struct Stream {
        let kind: MediaKind
        let parameters: CodecParameters
        let framesPerSecond: Double?
        /// Of `Unit`'s times, in seconds.
        let timeBase: AVRational
        var units: [Unit] = []
    }

    /// One access unit; times in the stream's time base since the media's start.
    struct Unit {
        let pts: Int64
        let dts: Int64
        let isKey: Bool
        let bytes: [UInt8]
    }

    let path: String
    /// Video, then audio where there is any.
    private(set) var streams: [Stream]

    /// Reads the file up to `limit` of its presentation time.
    static func load(_ path: String, upTo limit: TimeSpan? = nil) throws(MediaError) -> MediaSource {
        let reader = try AVFailure.naming("read media", path) { () throws(AVFailure) in try MediaReader(path) }
        let source = MediaSource(path: path, streams: try reader.read(upTo: limit))
        try source.check(limit)
        return source
    }

    /// Presentation time 0 against the first decoding time, in nanoseconds: 0 unless frames are shown in another order
    /// than they are sent in.
    var presentationStart: Int64 {
        let earliest = streams.compactMap { stream in stream.units.map { stream.time($0.dts).nanoseconds }.min() }
        return -(earliest.min() ?? 0)
    }

    private func check(_ limit: TimeSpan?) throws(MediaError) {
        guard let video = streams.first(where: { $0.kind == .video }) else {
            throw MediaError("read media", path, "it has no video")
        }
        guard !video.units.isEmpty else { throw MediaError("read media", path, "its video stream is empty") }
        guard let promised = try promisedDuration() else { return }
        let expected = min(promised, limit ?? promised)
        let end = streams.map(\.end).max() ?? .zero
        // A second of grace: containers round, and streams do not end together.
        if end + .seconds(1) < expected {
            throw MediaError(
                "read media", path, "it is cut short: \(end.seconds) s of \(promised.seconds) s can be read")
        }
    }

    private func promisedDuration() throws(MediaError) -> TimeSpan? {
        try AVFailure.naming("read media", path) { () throws(AVFailure) -> TimeSpan? in
            try InputFile.open(path).duration
        }
    }
}

extension MediaSource.Stream {
    /// The end of the last unit that starts latest, without its own length.
    var end: TimeSpan { time(units.map(\.pts).max() ?? 0) }

    func time(_ value: Int64) -> TimeSpan {
        TimeSpan(nanoseconds: av_rescale_q(value, timeBase, .nanosecond))
    }
}
