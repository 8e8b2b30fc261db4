import Glibc
import LabModel

/// What all pictures share.
struct BatchScale {
    /// Seconds until the last of all has ended.
    let duration: Double
    /// The highest rate.
    let rate: Double
    private let latency: (low: Double, high: Double)
    /// Where the slowest is far behind the fastest, equal steps are equal factors.
    private let isLogarithmic: Bool

    init(_ timelines: [BatchTimeline]) {
        duration = max(0.1, timelines.map(\.end).max() ?? 0)
        rate = Self.round(timelines.flatMap { $0.rate + $0.asked }.compactMap(\.self).filter { $0 < 1e11 }.max() ?? 1e6)
        let latencies = timelines.flatMap(\.latency).compactMap(\.self).filter { $0 > 0 }
        let (least, most) = (latencies.min() ?? 0.1, latencies.max() ?? 1)
        isLogarithmic = most > least * 12
        latency = (isLogarithmic ? Self.round(max(0.001, least), .down) : 0, Self.round(most))
    }

    var latencyWords: String {
        "\(Quantity.time.setting(latency.low)) to \(Quantity.time.setting(latency.high))"
            + (isLogarithmic ? ", logarithmic" : "")
    }

    /// From 0 to 1.
    func share(ofLatency value: Double) -> Double {
        let share =
            isLogarithmic
            ? log(max(value, latency.low) / latency.low) / log(latency.high / latency.low)
            : value / latency.high
        return min(1, max(0, share))
    }

    /// The next of 1, 2, 3, 4, 5, 6, 8 times a power of ten.
    private static func round(_ value: Double, _ rule: FloatingPointRoundingRule = .up) -> Double {
        guard value > 0, value.isFinite else { return 1 }
        let power = pow(10, floor(log10(value)))
        let steps = [1, 2, 3, 4, 5, 6, 8, 10].map { $0 * power }
        let next = rule == .up ? steps.first { $0 >= value * 0.999 } : steps.last { $0 <= value * 1.001 }
        return (next ?? value).brief
    }
}

/// One run over time: whether it played, its live latency, and the link beneath it.
struct BatchPicture {
    private let timeline: BatchTimeline
    private let outages: [BatchStretch]
    private let scale: BatchScale

    /// In units of the picture, which is stretched to its place.
    private static let width = 1000.0
    private static let play = (top: 0.0, height: 34.0)
    private static let latency = (top: 50.0, height: 110.0)
    private static let link = (top: 180.0, height: 110.0)

    init(_ timeline: BatchTimeline, outages: [BatchStretch], scale: BatchScale) {
        (self.timeline, self.outages, self.scale) = (timeline, outages, scale)
    }

    func markup(titled title: String) -> Markup {
        let shapes =
            outages.map { stretch($0, "outage", (0, Self.link.top + Self.link.height)) } + playing
            + [
                baseline(Self.latency), baseline(Self.link),
                bars(timeline.loss),
                line("asked", timeline.asked, Self.link) { min(1, $0 / scale.rate) },
                line("rate", timeline.rate, Self.link) { min(1, $0 / scale.rate) },
                line("latency", timeline.latency, Self.latency, scale.share(ofLatency:)),
            ]
        return Markup.tag("svg", [.tag("title", .text(title))] + shapes)
            .with("viewBox", "0 0 \(Int(Self.width)) 292").with("preserveAspectRatio", "none")
            .with("role", "img").with("aria-label", title)
    }

    private var playing: [Markup] {
        let end = TimeSpan(seconds: timeline.end)
        let all = BatchStretch(from: .zero, to: end)
        guard let startup = timeline.startup else { return [stretch(all, "wait", Self.play)] }
        return [
            stretch(all, "wait", Self.play),
            stretch(BatchStretch(from: startup, to: max(end, startup)), "play", Self.play),
        ]
            + timeline.stalls.map { stretch($0, "stall", Self.play) }
    }

    private func x(_ seconds: Double) -> Double { min(Self.width, max(0, seconds / scale.duration * Self.width)) }

    private func stretch(_ stretch: BatchStretch, _ kind: String, _ track: (top: Double, height: Double)) -> Markup {
        let (from, to) = (x(stretch.from.seconds), x(stretch.to.seconds))
        return Markup.tag("rect", class: kind).with("x", from.fixed(0)).with("y", track.top.fixed(0))
            .with("width", max(3, to - from).fixed(0)).with("height", track.height.fixed(0))
    }

    private func baseline(_ track: (top: Double, height: Double)) -> Markup {
        let y = (track.top + track.height).fixed(0)
        return Markup.tag("path", class: "base").with("d", "M0 \(y)H\(Int(Self.width))")
    }

    private func line(
        _ kind: String, _ values: [Double?], _ track: (top: Double, height: Double), _ share: (Double) -> Double
    ) -> Markup {
        var path = ""
        var isDrawing = false
        for (time, value) in zip(timeline.times, values) {
            guard let value else {
                isDrawing = false
                continue
            }
            let y = track.top + track.height * (1 - share(value))
            path += "\(isDrawing ? "L" : "M")\(x(time).fixed(0)) \(y.fixed(0))"
            isDrawing = true
        }
        return path.isEmpty ? .nothing : Markup.tag("path", class: kind).with("d", path)
    }

    private func bars(_ losses: [Double?]) -> Markup {
        let bottom = Self.link.top + Self.link.height
        let path = zip(timeline.times, losses).compactMap { time, loss -> String? in
            guard let loss, loss > 0 else { return nil }
            return "M\(x(time).fixed(0)) \(bottom.fixed(0))V\((bottom - max(2, loss * Self.link.height)).fixed(0))"
        }.joined()
        return path.isEmpty ? .nothing : Markup.tag("path", class: "loss").with("d", path)
    }
}
