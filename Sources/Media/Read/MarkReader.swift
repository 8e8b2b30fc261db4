internal import LabModel
internal import LinuxKit
internal import RunStore

/// Decodes what a run received, each camera's by itself, and writes down the marks found in it.
package struct MarkReader {
    /// What came of one stream.
    private struct Reception {
        let facts: StreamFacts
        let units: [ReceivedUnit]

        var camera: Int { facts.camera ?? 1 }
    }

    private let run: RunDirectory
    private let receptions: [Reception]
    private let known: MediaReadings

    /// - Parameter media: the file that was sent; what came of it unchanged is not decoded where its readings are kept.
    package init(run path: String, media: String? = nil) throws {
        let directory = try RunDirectory(existing: path)
        run = directory
        try TimestampAlignment.find(in: directory)
        let marked = try directory.read([StreamFacts].self, from: RunFolder.streams).filter(\.marked)
        receptions = try Dictionary(grouping: marked) { $0.camera ?? 1 }.sorted { $0.key < $1.key }
            .flatMap { try Self.receptions(in: directory, camera: $0, $1) }
        known = media.map(MediaReadings.init(beside:)) ?? MediaReadings()
    }

    /// One of each kind: renditions differ in what their units carry with them.
    private static func receptions(
        in run: RunDirectory, camera: Int, _ streams: [StreamFacts]
    ) throws -> [Reception] {
        let name = RunFolder.received(RunFolder.receivedUnits, ofCamera: camera)
        let units = run.has(name) ? try run.readLines(ReceivedUnit.self, from: name) : []
        return MediaKind.allCases.compactMap { kind in
            streams.first { $0.stream == kind }.map { facts in
                Reception(facts: facts, units: units.filter { $0.stream == kind })
            }
        }
    }

    /// Writes `media/frame-marks.jsonl` and `media/sound-marks.jsonl`, and those of further cameras, each on a thread of
    /// its own; nothing where the media had no marks.
    package func read() throws {
        let failure = Condition<[String]>([])
        let threads = try receptions.map { reception in
            try Thread.run(named: "\(reception.facts.stream)-marks") {
                do {
                    try read(reception)
                } catch {
                    failure.change { $0.append("\(error)") }
                }
            }
        }
        for thread in threads { thread.join() }
        if let first = failure.look(\.first) { throw MediaError("read marks of", run.path, first) }
    }

    private func read(_ reception: Reception) throws {
        switch reception.facts.stream {
        case .video: try write(frameMarks(of: reception), RunFolder.frameMarks, reception)
        case .audio: try write(soundMarks(of: reception), RunFolder.soundMarks, reception)
        }
    }

    private func path(_ name: String, _ reception: Reception) -> String {
        run.file(RunFolder.received(name, ofCamera: reception.camera))
    }

    private func frameMarks(of reception: Reception) throws -> [FrameMark] {
        let (units, facts) = (reception.units, reception.facts)
        let reader = FrameMarkReader(setup: CodecSetup(facts))
        let path = path(RunFolder.receivedVideo, reception)
        let known = known.frames
        let marks = try Thread.map(Stretch.cuts(units, facts), named: "frame-marks") { range in
            let stretch = try Stretch(units[range], of: facts, from: path)
            return try known[stretch.fingerprint(reader.setup)] ?? reader.read(stretch)
        }
        return marks.flatMap(\.self).map { mark in
            var mark = mark
            let ticks = Int64(mark.timestamp).rescaled(from: Stretch.clock(of: .video), to: facts.clockRate)
            mark.timestamp = facts.firstTimestamp &+ UInt32(truncatingIfNeeded: ticks)
            return mark
        }
    }

    private func soundMarks(of reception: Reception) throws -> [SoundMark] {
        let facts = reception.facts
        let reader = SoundMarkReader(setup: CodecSetup(facts))
        let stretch = try Stretch(reception.units[...], of: facts, from: path(RunFolder.receivedAudio, reception))
        return try known.sounds[stretch.fingerprint(reader.setup)] ?? reader.read(stretch)
    }

    private func write(_ values: [some Encodable & Sendable], _ name: String, _ reception: Reception) throws {
        var text: [UInt8] = []
        for value in values { text += try JSONText.line(value) }
        try File.write(text, to: path(name, reception))
    }
}
