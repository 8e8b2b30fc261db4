internal import LabModel
internal import LinuxKit

/// Works out the progress lines.
struct ProgressMeter {
    private static let interval: Int64 = 500_000_000
    /// Of IP and UDP, which the payload's size lacks.
    private let headers: Int

    private var player: LivePlayer?
    private var bytes: Int64 = 0
    /// When presentation time 0 left, as the first packet tells (monotonic, ns).
    private(set) var start: Int64?
    private var next: Int64?

    init(_ plan: Plan, _ streams: [StreamFacts]) {
        headers = plan.ip.headerSize + 8
        player = streams.first { $0.stream == .video }
            .map { LivePlayer(plan.pipeline.player, clockRate: $0.clockRate) }
    }

    /// When the next line is due; nil before the first packet.
    var deadline: Int64? { next }

    /// Takes note of a datagram's payload. `mediaTime` is asked for of the first, in seconds: where it is in the media.
    mutating func note(size: Int, mediaTime: @autoclosure () -> Double = 0) {
        bytes += Int64(size + headers)
        if next == nil {
            let now = Clock.monotonic()
            start = now - Int64(mediaTime() * 1e9)
            next = now + Self.interval
        }
    }

    /// A picture is complete; its time on the stream's clock, and when that was (ns since 1970).
    mutating func frame(_ timestamp: UInt32, at time: Int64) {
        player?.frame(timestamp, at: time)
    }

    /// The line that is due, if one is.
    mutating func due(at now: Int64, packets: Int64, missing: Int64?, start told: Int64?) -> Progress? {
        guard let due = next, now >= due, let start = told ?? start else { return nil }
        defer {
            bytes = 0
            next = due + Self.interval
        }
        let rate = Rate(bitsPerSecond: bytes * 8 * 1_000_000_000 / Self.interval)
        return Progress(
            elapsed: TimeSpan(nanoseconds: due - start), rate: rate, packets: packets, missing: missing,
            buffer: player?.level(at: Clock.realtime()),
            stalls: player?.stalls)
    }
}
