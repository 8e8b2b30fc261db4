internal import CAV
internal import LabModel
internal import RunStore

/// What a sender of the user's own is to send, written down before it does.
package enum ExpectedUnits {
    private static let clockRate: Int32 = 90_000

    /// Writes `media/streams.json` and `media/expected.jsonl` for a media file, on the clock of MPEG-TS.
    package static func write(run path: String, media: String) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        let streams = source.streams.map { stream in
            StreamFacts(
                stream, clockRate: Int(clockRate), firstTimestamp: 0, marked: plan.pipeline.media.isGenerated)
        }
        try run.write(streams, to: RunFolder.streams)
        let lines = try LineWriter<ExpectedUnit>(run.file(RunFolder.expectedUnits))
        for stream in source.streams {
            try lines.append(
                stream.units.enumerated().map { index, unit in
                    let plain = UnitContent.plain(unit.bytes, codec: stream.parameters.codec)
                    return ExpectedUnit(
                        stream: stream.kind, index: index, pts: stream.time(unit.pts),
                        size: ByteCount(Int64(plain.count)), key: unit.isKey, content: UnitContent.checksum(plain))
                })
        }
    }
}
