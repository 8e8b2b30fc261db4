internal import CAV
internal import LabModel

/// Takes a file apart into its main video and audio stream.
struct MediaReader: ~Copyable {
    private let file: InputFile
    private let video: Track?
    private let audio: Track?

    private let path: String

    init(_ path: String) throws(AVFailure) {
        self.path = path
        let file = try InputFile.open(path)
        let video = try Track(.video, file.best(AVMEDIA_TYPE_VIDEO), of: file)
        let audio = try Track(.audio, file.best(AVMEDIA_TYPE_AUDIO), of: file)
        self.file = file
        self.video = video
        self.audio = audio
    }

    /// Reads all units whose presentation time is below `limit`, with time 0 at the first of both streams.
    func read(upTo limit: TimeSpan?) throws(MediaError) -> [MediaSource.Stream] {
        var units: [MediaKind: [MediaSource.Unit]] = [:]
        var reached = TimeSpan.zero
        do throws(AVFailure) {
            let packet = try Packet()
            while try file.read(packet) {
                guard let track = [video, audio].lazy.compactMap({ $0 }).first(where: { $0.index == packet.stream })
                else { continue }
                let unit = try track.unit(packet)
                reached = max(reached, track.time(unit.dts))
                // Half a second more in decoding order covers what is shown before it.
                if let limit, track.time(unit.dts) > limit + .milliseconds(500) { break }
                units[track.kind, default: []].append(unit)
            }
        } catch {
            throw MediaError("read media", path, "it is damaged after \(reached.seconds) s: \(error.text)")
        }
        return cut([video, audio].compactMap { $0 }, units, limit)
    }

    private func cut(
        _ tracks: [Track], _ units: [MediaKind: [MediaSource.Unit]], _ limit: TimeSpan?
    ) -> [MediaSource.Stream] {
        let origin = tracks.compactMap { track in units[track.kind]?.map { track.time($0.pts) }.min() }.min() ?? .zero
        return tracks.map { track in
            let first = track.value(origin)
            let shifted = Self.ordered(units[track.kind] ?? []).map {
                MediaSource.Unit(pts: $0.pts - first, dts: $0.dts - first, isKey: $0.isKey, bytes: $0.bytes)
            }
            var stream = track.stream
            stream.units = shifted.filter { unit in limit.map { track.time(unit.pts) < $0 } ?? true }
            return stream
        }
    }
}

extension MediaReader {
    /// Decoding times that rise with each unit. Matroska keeps none, and libavformat's guess lacks the first ones or
    /// stands still: then they are the presentation times in their order, as much earlier as the latest frame needs.
    private static func ordered(_ units: [MediaSource.Unit]) -> [MediaSource.Unit] {
        if zip(units, units.dropFirst()).allSatisfy({ $0.dts < $1.dts }) { return units }
        let times = units.map(\.pts).sorted()
        let lead = zip(times, units).map { $0 - $1.pts }.max() ?? 0
        return zip(times, units).map {
            MediaSource.Unit(pts: $1.pts, dts: $0 - lead, isKey: $1.isKey, bytes: $1.bytes)
        }
    }
}

/// One stream of a file while it is read.
private final class Track {
    let kind: MediaKind
    let index: Int
    let stream: MediaSource.Stream
    private let filter: BitstreamFilter?

    init?(_ kind: MediaKind, _ index: Int?, of file: borrowing InputFile) throws(AVFailure) {
        guard let index, let raw = file.stream(index) else { return nil }
        self.kind = kind
        self.index = index
        let filter = try Self.filter(for: raw)
        let parameters = try CodecParameters(copying: filter?.parameters ?? raw.pointee.codecpar)
        self.filter = filter
        let rate = raw.pointee.avg_frame_rate
        stream = MediaSource.Stream(
            kind: kind, parameters: parameters, framesPerSecond: kind == .video && rate.num > 0 ? av_q2d(rate) : nil,
            timeBase: raw.pointee.time_base)
    }

    /// A unit with its times as they are in the file.
    func unit(_ packet: borrowing Packet) throws(AVFailure) -> MediaSource.Unit {
        try filter?.filter(packet)
        guard let pts = packet.pts ?? packet.dts else { throw AVFailure(code: cav_invalid_data) }
        return MediaSource.Unit(pts: pts, dts: packet.dts ?? pts, isKey: packet.isKey, bytes: packet.bytes)
    }

    func time(_ value: Int64) -> TimeSpan { stream.time(value) }

    func value(_ time: TimeSpan) -> Int64 {
        av_rescale_q(time.nanoseconds, .nanosecond, stream.timeBase)
    }

    /// To the form with start codes and parameter sets before each key frame, which is also how units come out of a
    /// receiver: one that joins late, or misses the first packets, can still begin at a key frame.
    private static func filter(for stream: UnsafeMutablePointer<AVStream>) throws(AVFailure) -> BitstreamFilter? {
        switch stream.pointee.codecpar.pointee.codec_id {
        case AV_CODEC_ID_H264: try BitstreamFilter.make("h264_mp4toannexb", for: stream)
        case AV_CODEC_ID_HEVC: try BitstreamFilter.make("hevc_mp4toannexb", for: stream)
        default: nil
        }
    }
}
