import LabModel

extension ReportPage {
    /// What became of the access units.
    var media: Markup {
        var table = Table(
            "Access units by stream",
            [
                .text("Stream"), .text("Codec"), .number("Rate"), .number("Sent"), .number("Whole"),
                .number("Damaged"), .number("Missing"), .number("Key frames whole"),
            ])
        for stream in result.media {
            let keys =
                stream.keyFrames > 0 ? "\(stream.keyFramesComplete.grouped) of \(stream.keyFrames.grouped)" : ""
            table.add(
                stream.stream.word, stream.facts, stream.rate?.text ?? Quantity.unknown, stream.sent.grouped,
                stream.complete.grouped, stream.damaged.grouped, stream.missing.grouped, keys)
        }
        return .section("media", "Media", table.rows.isEmpty ? [] : [table.markup] + pictures)
    }

    private var pictures: [Markup] {
        result.media.compactMap { stream in
            guard let decoded = stream.decoded else { return nil }
            var text = "Of the \(stream.stream.rawValue), \(decoded.grouped) pictures were decoded"
            if let identified = stream.identified {
                text += "; the frame number of \(identified.grouped) could be read"
            }
            if let misplaced = stream.misplaced { text += "; \(misplaced.grouped) showed another frame than was due" }
            return .paragraph(text + ".")
        }
    }

    /// RTP as the receiver got it, and what RTCP said.
    var rtp: Markup {
        let streams = result.received?.streams ?? []
        guard !streams.isEmpty else { return .nothing }
        return .section("rtp", "RTP at the receiver", [streamTable(streams), payload, rtcp, damage])
    }

    /// A row for each figure and a column for each stream: most runs have two streams and many figures.
    private func streamTable(_ streams: [RTPStreamReport]) -> Markup {
        var table = Table(
            "RTP by stream (RFC 3550, RFC 4737)", [.text("Figure")] + streams.map { .figure($0.title) })
        for figure in RTPStreamReport.figures {
            table.add([.text(figure.name)] + streams.map { .text(figure.text($0)) })
        }
        return table.markup
    }

    /// The last round trip and loss that each receiver reported.
    private var rtcp: Markup {
        let reports = (result.sent?.reports ?? []) + (result.received?.reports ?? [])
        var table = Table(
            "RTCP as last reported",
            [
                .text("About"), .number("Fraction lost"), .number("Cumulative lost"), .number("Jitter, RTP clock"),
                .number("Round trip"),
            ])
        for ssrc in Set(reports.compactMap(\.about)).sorted() {
            let about = reports.filter { $0.about == ssrc && $0.kind == .receiverReport }
            guard let last = about.max(by: { $0.time < $1.time }) else { continue }
            let trip = about.filter { $0.roundTrip != nil }.max { $0.time < $1.time }?.roundTrip
            table.add(
                name(of: ssrc), Quantity.ratio.text(last.fractionLost),
                last.cumulativeLost?.grouped ?? Quantity.unknown,
                last.jitter.map { Int64($0).grouped } ?? Quantity.unknown, trip?.text ?? Quantity.unknown)
        }
        return table.markup
    }

    private func name(of ssrc: UInt32) -> String {
        let stream = result.received?.streams.first { $0.ssrc == ssrc }
        return stream?.title ?? "0x" + String(ssrc, radix: 16)
    }

    private var damage: Markup {
        guard let damage = result.received?.damage else { return .nothing }
        return .paragraph("The receiver's capture is damaged: \(damage)")
    }

    /// How far sound and picture were apart.
    var sync: Markup {
        var table = Table(
            "Offset, audio late negative; BT.1359 allows \u{2212}125 ms to +45 ms",
            [
                .text("Method"), .number("Least"), .number("Median"), .number("Mean"), .number("Greatest"),
                .number("95 % of magnitude"), .number("Time outside"),
            ])
        for report in result.sync {
            let offset = report.offset
            table.add(
                report.method.words, offset.minimum.text, offset.p50.text, offset.mean.text, offset.maximum.text,
                report.magnitudeP95.text, Quantity.ratio.text(report.outside))
        }
        return .section("sync", "Sound and picture", table.rows.isEmpty ? [] : [table.markup])
    }
}

extension MediaReport {
    /// The codec and what describes the stream: `h264, 1280x720, 30 fps`.
    fileprivate var facts: String {
        var facts = [codec]
        if let width, let height { facts.append("\(width)\u{d7}\(height)") }
        if let framesPerSecond {
            facts.append(framesPerSecond.fixed(framesPerSecond == framesPerSecond.rounded() ? 0 : 2) + " fps")
        }
        if let sampleRate { facts.append("\(Int64(sampleRate).grouped) Hz") }
        if let channels { facts.append("\(channels) channel\(channels == 1 ? "" : "s")") }
        return facts.joined(separator: ", ")
    }
}

extension SyncReport.Method {
    fileprivate var words: String {
        switch self {
        case .transport: "By transport (RTCP)"
        case .arrival: "By arrival"
        case .content: "By content (marks)"
        }
    }
}

extension MediaKind {
    /// Capitalised, to head a row or a column.
    var word: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
