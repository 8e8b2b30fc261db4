internal import CAV
internal import LabModel

/// libavformat's muxer of fragmented MP4 (ISO/IEC 14496-12), writing its boxes here; with one track it is CMAF's
/// (ISO/IEC 23000-19).
final class FragmentMuxer {
    /// The file's header: what comes before the first fragment.
    let initialization: [UInt8]
    private let muxer: MemoryMuxer
    private let tracks: [Track]

    /// A stream of the media and what it is in the file.
    private struct Track {
        let stream: MediaSource.Stream
        let raw: UnsafeMutablePointer<AVStream>
        /// From the stream's times to the track's, on the stream's clock.
        let offset: Int64

        func ticks(_ time: Int64) -> Int64 { av_rescale_q(time, stream.timeBase, raw.pointee.time_base) }
    }

    /// - Parameter shift: from the streams' times to the tracks'.
    init(_ streams: [MediaSource.Stream], shift: TimeSpan) throws(AVFailure) {
        muxer = try MemoryMuxer("mp4")
        var tracks: [Track] = []
        for stream in streams {
            // Units have their parameter sets with them: 'avc3' (ISO/IEC 14496-15 section 5.3.3).
            let raw = try muxer.add(stream, tag: stream.kind == .video ? Self.inBand : 0)
            raw.pointee.time_base = stream.timeBase
            let offset = av_rescale_q(shift.nanoseconds, .nanosecond, stream.timeBase)
            tracks.append(Track(stream: stream, raw: raw, offset: offset))
        }
        self.tracks = tracks
        try muxer.writeHeader([
            // Without frag_discont a track whose first time is not 0 is moved there. Not `cmaf`, which makes composition
            // offsets negative: libavformat's demuxer takes times of a fragment with such apart wrongly.
            "movflags": "frag_custom+empty_moov+default_base_moof+skip_sidx+frag_discont", "use_editlist": "0",
            "video_track_timescale": "90000", "avoid_negative_ts": "disabled",
        ])
        initialization = muxer.takeMade()
    }

    /// Of a track, in Hz.
    func clockRate(ofTrack track: Int = 0) -> Int { Int(tracks[track].raw.pointee.time_base.den) }

    /// A time of the media on its track's clock.
    func timestamp(_ time: Int64, track: Int) -> Int64 { tracks[track].ticks(time + tracks[track].offset) }

    private static let inBand =
        UInt32(
            UInt8(ascii: "a")) | UInt32(UInt8(ascii: "v")) << 8 | UInt32(UInt8(ascii: "c")) << 16 | UInt32(
            UInt8(ascii: "3")) << 24

    /// One fragment of these units of a track, which follow those before.
    ///
    /// - Parameter end: when the last of them is over, on the stream's clock.
    func fragment(_ units: ArraySlice<MediaSource.Unit>, track: Int = 0, end: Int64) throws(AVFailure) -> [UInt8] {
        for (index, unit) in zip(units.indices, units) {
            let next = index + 1 < units.endIndex ? units[index + 1].dts : end
            try muxer.write(
                unit.bytes, stream: track, pts: timestamp(unit.pts, track: track),
                dts: timestamp(unit.dts, track: track), duration: tracks[track].ticks(next - unit.dts),
                isKey: unit.isKey)
        }
        try muxer.flush()
        return muxer.takeMade()
    }
}
