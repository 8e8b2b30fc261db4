import LabModel

/// One of the few figures that sum up a run.
struct KeyFigure {
    var name: String
    var value: String
    var note: String?

    /// Those that `result` has.
    static func figures(of result: RunResult) -> [KeyFigure] {
        link(result) + rtp(result) + wire(result) + player(result) + cameras(result) + sync(result)
    }

    private static func link(_ result: RunResult) -> [KeyFigure] {
        guard let link = result.link(.downlink), link.sentPackets > 0 else { return [] }
        var figures = [
            KeyFigure(
                name: "Packets lost", value: share(link.lost, of: link.sentPackets),
                note: "\(link.lost.grouped) of \(link.sentPackets.grouped) sent")
        ]
        if let delay = link.delay {
            figures.append(
                KeyFigure(name: "One-way delay", value: delay.p50.text, note: "95 % within \(delay.p95.text)"))
        }
        return figures
    }

    private static func rtp(_ result: RunResult) -> [KeyFigure] {
        guard let video = result.media(.video), video.sent > 0 else { return [] }
        return [
            KeyFigure(
                name: "Frames whole", value: share(video.complete, of: video.sent),
                note: "\(video.complete.grouped) of \(video.sent.grouped)")
        ]
    }

    private static func wire(_ result: RunResult) -> [KeyFigure] {
        guard let overhead = result.wire?.overhead else { return [] }
        let again = result.wire?.share(for: .retransmission).flatMap { $0 > 0 ? $0 : nil }
        return [
            KeyFigure(
                name: "Overhead", value: Quantity.ratio.text(overhead),
                note: "on the wire beyond the media delivered"
                    + (again.map { ", \(Quantity.ratio.text($0)) sent again" } ?? ""))
        ]
    }

    private static func player(_ result: RunResult) -> [KeyFigure] {
        guard let player = result.player else { return [] }
        guard let startup = player.startup else {
            let why = result.absences.first { $0.figure == "player.startup" }?.because
            return [KeyFigure(name: "Startup", value: "never", note: why ?? "to the first frame")]
        }
        let count = player.stalls.count
        var figures = [
            KeyFigure(name: "Startup", value: startup.text, note: "to the first frame"),
            KeyFigure(
                name: "Stalled", value: player.stallTotal.text,
                note: count == 0
                    ? "no stall" : "\(count) stall\(count == 1 ? "" : "s"), longest \(player.longestStall.text)"),
        ]
        if let latency = player.liveLatency {
            figures.append(
                KeyFigure(name: "Live latency", value: latency.p50.text, note: "95 % within \(latency.p95.text)"))
        }
        return figures
    }

    /// Above stands the first camera.
    private static func cameras(_ result: RunResult) -> [KeyFigure] {
        guard let worst = result.cameras?.worst, let player = worst.player else { return [] }
        return [
            KeyFigure(
                name: "Worst camera", value: "\(worst.camera)",
                note: "\(share(player.shown, of: player.frames)) shown, stalled \(player.stallTotal.text)")
        ]
    }

    private static func sync(_ result: RunResult) -> [KeyFigure] {
        guard let sync = result.bestSync else { return [] }
        return [
            KeyFigure(
                name: "A/V offset", value: sync.magnitudeP95.text,
                note: "95 % within, by \(sync.method.rawValue)")
        ]
    }

    static func share(_ part: Int64, of all: Int64) -> String {
        all > 0 ? Quantity.ratio.text(Double(part) / Double(all)) : Quantity.unknown
    }
}
