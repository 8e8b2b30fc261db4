internal import LabModel
internal import LinuxKit
internal import RunStore

/// Decodes what a run received, of several cameras the first one's, and writes down the marks found in it.
package struct MarkReader {
    private let run: RunDirectory
    /// One of each kind: renditions differ in what their units carry with them.
    private let streams: [StreamFacts]
    private let units: [ReceivedUnit]
    private let known: MediaReadings

    /// - Parameter media: the file that was sent; what came of it unchanged is not decoded where its readings are kept.
    package init(run path: String, media: String? = nil) throws {
        run = try RunDirectory(existing: path)
        try TimestampAlignment.find(in: run)
        let marked = try run.read([StreamFacts].self, from: RunFolder.streams)
            .filter { $0.marked && ($0.camera ?? 1) == 1 }
        streams = MediaKind.allCases.compactMap { kind in marked.first { $0.stream == kind } }
        units = streams.isEmpty ? [] : try run.readLines(ReceivedUnit.self, from: RunFolder.receivedUnits)
        known = media.map(MediaReadings.init(beside:)) ?? MediaReadings()
    }

    /// Writes `media/frame-marks.jsonl` and `media/sound-marks.jsonl`, each kind on a thread of its own; nothing where
    /// the media had no marks.
    package func read() throws {
        let failure = Condition<[String]>([])
        let threads = try streams.map { facts in
            try Thread.run(named: "\(facts.stream)-marks") {
                do {
                    try read(facts)
                } catch {
                    failure.change { $0.append("\(error)") }
                }
            }
        }
        for thread in threads { thread.join() }
        if let first = failure.look(\.first) { throw MediaError("read marks of", run.path, first) }
    }

    private func read(_ facts: StreamFacts) throws {
        let mine = units.filter { $0.stream == facts.stream }
        switch facts.stream {
        case .video: try write(frameMarks(of: mine, facts), RunFolder.frameMarks)
        case .audio: try write(soundMarks(of: mine, facts), RunFolder.soundMarks)
        }
    }

    private func frameMarks(of units: [ReceivedUnit], _ facts: StreamFacts) throws -> [FrameMark] {
        let reader = FrameMarkReader(setup: CodecSetup(facts))
        let path = run.file(RunFolder.receivedVideo)
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

    private func soundMarks(of units: [ReceivedUnit], _ facts: StreamFacts) throws -> [SoundMark] {
        let reader = SoundMarkReader(setup: CodecSetup(facts))
        let stretch = try Stretch(units[...], of: facts, from: run.file(RunFolder.receivedAudio))
        return try known.sounds[stretch.fingerprint(reader.setup)] ?? reader.read(stretch)
    }

    private func write(_ values: [some Encodable & Sendable], _ name: String) throws {
        var text: [UInt8] = []
        for value in values { text += try JSONText.line(value) }
        try File.write(text, to: run.file(name))
    }
}
