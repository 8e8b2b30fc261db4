internal import CAV
internal import LabModel

/// libavformat's muxer of fragmented MP4 (CMAF, ISO/IEC 23000-19), one track, writing its boxes here.
final class FragmentMuxer {
    /// The file's header: what comes before the first fragment.
    let initialization: [UInt8]
    /// Of the track, in Hz.
    let clockRate: Int
    private let muxer: MemoryMuxer
    private let track: UnsafeMutablePointer<AVStream>
    private let stream: MediaSource.Stream
    private let shift: TimeSpan

    /// - Parameter shift: from the stream's times to the track's.
    init(_ stream: MediaSource.Stream, shift: TimeSpan) throws(AVFailure) {
        (self.stream, self.shift) = (stream, shift)
        muxer = try MemoryMuxer("mp4")
        // Units have their parameter sets with them: 'avc3' (ISO/IEC 14496-15 section 5.3.3).
        track = try muxer.add(stream, tag: stream.kind == .video ? Self.inBand : 0)
        track.pointee.time_base = stream.timeBase
        try muxer.writeHeader([
            "movflags": "frag_custom+empty_moov+default_base_moof+cmaf+skip_sidx", "use_editlist": "0",
            "video_track_timescale": "90000", "avoid_negative_ts": "disabled",
        ])
        clockRate = Int(track.pointee.time_base.den)
        initialization = muxer.takeMade()
    }

    private static let inBand =
        UInt32(
            UInt8(ascii: "a")) | UInt32(UInt8(ascii: "v")) << 8 | UInt32(UInt8(ascii: "c")) << 16 | UInt32(
            UInt8(ascii: "3")) << 24

    /// One fragment of these units, which follow those before.
    ///
    /// - Parameter end: when the last of them is over, on the stream's clock.
    func fragment(_ units: ArraySlice<MediaSource.Unit>, end: Int64) throws(AVFailure) -> [UInt8] {
        let offset = av_rescale_q(shift.nanoseconds, .nanosecond, stream.timeBase)
        for (index, unit) in zip(units.indices, units) {
            let next = index + 1 < units.endIndex ? units[index + 1].dts : end
            try muxer.write(
                unit.bytes, stream: 0, pts: ticks(unit.pts + offset), dts: ticks(unit.dts + offset),
                duration: ticks(next - unit.dts), isKey: unit.isKey)
        }
        try muxer.flush()
        return muxer.takeMade()
    }

    /// The track's, of those of the stream's clock.
    private func ticks(_ time: Int64) -> Int64 { av_rescale_q(time, stream.timeBase, track.pointee.time_base) }
}
