internal import CAV
internal import LabModel

/// Where a stream is cut into segments and parts, on the clock that its units are due by.
struct SegmentCut {
    /// Of each segment's first unit, in nanoseconds.
    let starts: [Int64]
    /// Length of a part; nil where segments are whole.
    let part: Int64?

    /// A part of a segment.
    struct Place: Hashable {
        let segment: Int
        let part: Int
    }

    /// Times of frames are rounded.
    private static let tolerance: Int64 = 1_000_000

    func place(of time: Int64) -> Place {
        let segment = max(0, (starts.firstIndex { $0 > time + Self.tolerance } ?? starts.count) - 1)
        guard let part else { return Place(segment: segment, part: 0) }
        return Place(segment: segment, part: Int(max(0, (time - starts[segment] + Self.tolerance) / part)))
    }

    /// When a place ends, or would if the stream went on behind the last one.
    func end(of place: Place) -> Int64 {
        let next = place.segment + 1 < starts.count ? starts[place.segment + 1] : Int64.max
        guard let part else { return next }
        return min(next, starts[place.segment] + Int64(place.part + 1) * part)
    }
}

extension SegmentCut {
    /// Cuts video at the first key frame `segment` or more behind the one before, so that segments are as long as a group
    /// of pictures where that is longer; gives the cut of the video, whose units are due by their decoding times, and that
    /// of a sound beside it.
    ///
    /// Throws where there is no key frame.
    static func make(
        of video: MediaSource.Stream, segment: TimeSpan, part: TimeSpan?, path: String
    ) throws(MediaError) -> (video: SegmentCut, sound: SegmentCut) {
        var found: [(pts: TimeSpan, dts: TimeSpan)] = []
        for key in video.units where key.isKey {
            let (pts, dts) = (video.time(key.pts), video.time(key.dts))
            let due = found.last.map { $0.pts.nanoseconds + segment.nanoseconds - tolerance } ?? .min
            if pts.nanoseconds >= due { found.append((pts, dts)) }
        }
        guard !found.isEmpty else { throw MediaError("cut into segments", path, "it has no key frame") }
        return (
            SegmentCut(starts: found.map(\.dts.nanoseconds), part: part?.nanoseconds),
            SegmentCut(starts: found.map(\.pts.nanoseconds), part: part?.nanoseconds)
        )
    }
}
