package import LabModel

/// What follows from how long the pieces turned out, which of a media file need not be what was asked for.
extension Presentation {
    /// Of the pictures; never less than what was asked for.
    package var longestSegment: TimeSpan {
        renditions(of: .video).flatMap(\.segments).map(\.duration).reduce(plan.segment, max)
    }

    /// Whether each segment of the pictures begins where its number says, and none is longer than was asked for.
    package var isRegular: Bool {
        renditions(of: .video).flatMap(\.segments).allSatisfy { segment in
            let expected = plan.segment.nanoseconds * Int64(segment.number)
            return abs(segment.start.nanoseconds - expected) <= Self.rounding
                && segment.duration.nanoseconds <= plan.segment.nanoseconds + Self.rounding
        }
    }

    /// Containers round times, in ns.
    private static let rounding: Int64 = 1_000_000

    /// HLS's target duration: the same for all renditions, in whole seconds (RFC 8216 section 4.3.3.1).
    var targetDuration: Int {
        let longest = renditions.flatMap(\.segments).map(\.duration).max() ?? plan.segment
        return max(1, Int(longest.seconds.rounded()))
    }

    /// HLS's part target duration of a rendition.
    func partTarget(_ rendition: Rendition) -> TimeSpan {
        rendition.segments.flatMap(\.pieces).map(\.duration).max() ?? plan.part
    }

    /// How far behind the source a client is to play: what was asked for, or as much more as the pieces' lengths need.
    var latency: TimeSpan {
        let asked = plan.latency(of: `protocol`)
        switch `protocol` {
        // RFC 8216bis section 4.4.3.8: at least three target durations, or three parts' ones.
        case .hls: return max(asked, .seconds(3 * Double(targetDuration)))
        case .llHLS: return renditions.map { .seconds(3 * partTarget($0).seconds) }.reduce(asked, max)
        case .dash: return max(asked, .seconds((plan.latency == nil ? 3 : 1) * longestSegment.seconds))
        case .llDASH: return asked
        }
    }
}
