import LabModel

extension ReportPage {
    /// Each camera by itself, the worst marked.
    var cameras: Markup {
        guard let cameras = result.cameras else { return .nothing }
        var table = Table(
            "What each camera's viewer saw",
            [
                .text("Camera"), .number("Frames whole"), .number("Shown"), .number("Startup"), .number("Stalls"),
                .number("Stalled"), .number("Live latency"), .number("95 %"), .number("A/V offset, 95 %"),
                .number("Pictures read"), .number("RTP video lost"),
            ])
        let worst = cameras.worst?.camera
        for camera in cameras {
            table.add(cells(of: camera).map(Markup.text), class: camera.camera == worst ? "chosen" : nil)
        }
        let text = "All share the link. Marked is the worst; the other sections show the first camera's stream."
        return .section("cameras", "Cameras", [.paragraph(text), table.markup])
    }

    private func cells(of camera: CameraReport) -> [String] {
        let player = camera.player
        let video = camera.media.first { $0.stream == .video }
        let rtp = result.received?.streams.first { $0.stream == .video && $0.camera == camera.camera }
        return [
            "\(camera.camera)", video.map { KeyFigure.share($0.complete, of: $0.sent) } ?? Quantity.unknown,
            Quantity.ratio.text(camera.shown), player?.startup?.text ?? Quantity.unknown,
            player.map { "\($0.stalls.count)" } ?? Quantity.unknown, player?.stallTotal.text ?? Quantity.unknown,
            player?.liveLatency?.p50.text ?? Quantity.unknown, player?.liveLatency?.p95.text ?? Quantity.unknown,
            camera.sync.best?.magnitudeP95.text ?? Quantity.unknown,
            video?.identified?.grouped ?? Quantity.unknown, Quantity.ratio.text(rtp?.loss),
        ]
    }

    /// The server of RTSP, and how its clients came to their streams.
    var rtsp: Markup {
        guard let report = result.rtsp else { return .nothing }
        var text: [Markup] = []
        if !report.setups.isEmpty {
            let setups = report.setups.map(\.text).joined(separator: ", ")
            text.append(
                .paragraph(
                    "From a client's first packet to the answer to its \(isPushed ? "RECORD" : "PLAY"): \(setups). "
                        + "Sessions stand before the stream begins, so this is no part of the player's startup."))
        }
        return .section("rtsp", "RTSP", text + [departure(report), server(report)])
    }

    private var isPushed: Bool { result.plan.pipeline.rtsp.mode == .push }

    private func departure(_ report: RTSPReport) -> Markup {
        guard let departure = report.departure else { return .nothing }
        var table = Distribution.table("How late access units had left the sender's interface")
        table.add(["Behind due"] + departure.cells)
        return table.markup
    }

    private func server(_ report: RTSPReport) -> Markup {
        guard !report.server.isEmpty else { return .nothing }
        var table = Table(
            "What the server counted, and the capture beside it",
            [
                .text("Stream"), .number("Packets"), .number("In the capture"), .number("Payload"),
                .number(isPushed ? "Lost" : "Reported lost"), .number("Fraction"), .number("Jitter"),
            ])
        let capture = isPushed ? result.received : result.sent
        for count in report.server {
            let captured = capture?.streams.first { $0.ssrc == count.ssrc }
            table.add(
                captured?.title ?? "0x" + String(count.ssrc, radix: 16), count.packets.grouped,
                captured?.packets.grouped ?? Quantity.unknown, count.bytes.text,
                count.cumulativeLost?.grouped ?? Quantity.unknown, Quantity.ratio.text(count.fractionLost),
                count.jitter?.text ?? Quantity.unknown)
        }
        return table.markup
    }
}
