/// How media is cut into pieces, offered and asked for where it travels over HTTP.
package struct HTTPPlan: Codable, Hashable, Sendable {
    /// What a segment of `hls` is; the other protocols have fragmented MP4.
    package enum Container: String, Codable, Sendable, CaseIterable {
        /// MPEG-TS (RFC 8216 section 3.2), pictures and sound together.
        case ts
        /// Fragmented MP4 (CMAF, ISO/IEC 23000-19), sound apart from the pictures.
        case fmp4
    }

    /// How the client chooses among renditions.
    package enum Adaptation: String, Codable, Sendable, CaseIterable {
        /// Always the ladder's first, as it is written.
        case fixed
        /// The best that the measured throughput carries.
        case throughput
        /// By the buffer's level (BOLA, Spiteri et al. 2016).
        case bola
    }

    /// One rendition of a ladder.
    package struct Rung: Codable, Hashable, Sendable {
        /// In pixels; even numbers.
        package var width: Int
        package var height: Int
        /// The encoder's target.
        package var rate: Rate

        package init(width: Int, height: Int, rate: Rate) {
            self.width = width
            self.height = height
            self.rate = rate
        }
    }

    /// Length of a segment: a whole multiple of the media's distance of key frames.
    package var segment: TimeSpan
    /// Length of what low latency publishes before its segment is whole: a part (HLS) or chunk (DASH), of which a group
    /// of pictures has a whole number.
    package var part: TimeSpan
    package var container: Container
    /// How many segments a live playlist has.
    package var window: Int
    /// The renditions, as they are written; empty is the media as it is.
    package var ladder: [Rung]
    package var abr: Adaptation
    /// How far behind the live edge the client means to play; absent is the protocol's usual one.
    package var latency: TimeSpan?
    /// By what share the client may play faster or slower to keep to `latency`; absent is the protocol's usual one.
    package var catchup: Probability?

    package init(
        segment: TimeSpan = .seconds(2), part: TimeSpan = .milliseconds(200), container: Container = .fmp4,
        window: Int = 6, ladder: [Rung] = [], abr: Adaptation = .throughput, latency: TimeSpan? = nil,
        catchup: Probability? = nil
    ) {
        self.segment = segment
        self.part = part
        self.container = container
        self.window = window
        self.ladder = ladder
        self.abr = abr
        self.latency = latency
        self.catchup = catchup
    }
}

/// The protocols that carry media over HTTP.
package enum HTTPProtocol: String, Codable, Sendable, CaseIterable {
    /// HTTP Live Streaming (RFC 8216).
    case hls
    /// HLS with parts and blocking reloads (RFC 8216bis).
    case llHLS = "ll-hls"
    /// MPEG-DASH, live profile (ISO/IEC 23009-1).
    case dash
    /// DASH with chunks that are sent while their segment grows.
    case llDASH = "ll-dash"

    package var isHLS: Bool { self == .hls || self == .llHLS }

    /// Whether pieces of a segment are published before it is whole.
    package var isLowLatency: Bool { self == .llHLS || self == .llDASH }
}

extension HTTPPlan {
    package func container(of protocol: HTTPProtocol) -> Container {
        `protocol` == .hls ? container : .fmp4
    }

    /// How far behind the live edge the client means to play.
    package func latency(of protocol: HTTPProtocol) -> TimeSpan {
        if let latency { return latency }
        return `protocol`.isLowLatency
            ? max(.seconds(1), leastLatency(of: .llHLS)) : TimeSpan(nanoseconds: 3 * segment.nanoseconds)
    }

    /// What a client needs at least: RFC 8216bis section 4.4.3.8 asks for three target durations, or three parts' ones.
    package func leastLatency(of protocol: HTTPProtocol) -> TimeSpan {
        switch `protocol` {
        case .hls: TimeSpan(nanoseconds: 3 * segment.nanoseconds)
        case .llHLS: TimeSpan(nanoseconds: 3 * part.nanoseconds)
        case .dash: segment
        case .llDASH: part
        }
    }

    /// By what share playing may be faster or slower.
    package func catchup(of protocol: HTTPProtocol) -> Probability {
        catchup ?? Probability(clamping: `protocol`.isLowLatency ? 0.05 : 0)
    }
}
