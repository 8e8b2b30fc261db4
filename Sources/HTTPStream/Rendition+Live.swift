package import LabModel

/// What of a rendition is there at a moment since the stream's start.
extension Rendition {
    /// Whether each segment has the number of its place.
    package var isContiguous: Bool { zip(segments, 0...).allSatisfy { $0.number == $1 } }

    /// When its first piece is there.
    package var begin: TimeSpan { segments.first?.pieces.first?.available ?? .zero }

    /// When its last piece is there.
    package var end: TimeSpan { segments.last?.available ?? .zero }

    package func hasEnded(at now: TimeSpan) -> Bool { now >= end }

    /// How many segments are whole.
    package func wholeSegments(at now: TimeSpan) -> Int { segments.count { $0.available <= now } }

    /// The segment that grows, where some of it is there.
    package func growing(at now: TimeSpan) -> Segment? {
        let whole = wholeSegments(at: now)
        guard segments.indices.contains(whole), segments[whole].published(at: now) > 0 else { return nil }
        return segments[whole]
    }

    /// The piece that comes next; nil at the end.
    package func next(at now: TimeSpan) -> (segment: Int, part: Int)? {
        let whole = wholeSegments(at: now)
        guard segments.indices.contains(whole) else { return nil }
        return (whole, segments[whole].published(at: now))
    }

    /// The whole segments that a playlist of `window` has.
    package func listed(at now: TimeSpan, window: Int) -> ArraySlice<Segment> {
        segments.prefix(wholeSegments(at: now)).suffix(window)
    }

    /// Bits per second of the largest segment for its length (RFC 8216 section 4.3.4.2).
    package var peakRate: Int { Int((segments.map { Self.rate($0.size, $0.duration) }.max() ?? 0).rounded(.up)) }

    package var meanRate: Int {
        let duration = segments.reduce(.zero) { $0 + $1.duration }
        return Int(Self.rate(segments.reduce(0) { $0 + $1.size }, duration).rounded(.up))
    }

    private static func rate(_ size: Int, _ duration: TimeSpan) -> Double {
        duration > .zero ? Double(size) * 8 / duration.seconds : 0
    }
}
