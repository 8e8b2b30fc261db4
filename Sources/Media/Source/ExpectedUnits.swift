internal import CAV
internal import LabModel
internal import RunStore

/// What a sender of the user's own is to send, written down before it does.
package enum ExpectedUnits {
    /// Writes `media/streams.json` and `media/expected.jsonl` for a media file, on the clocks of the plan's protocol.
    package static func write(run path: String, media: String) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        let streams = source.streams.map { stream in
            StreamFacts(
                stream, clockRate: clockRate(of: stream, plan.pipeline.protocol), firstTimestamp: 0,
                marked: plan.pipeline.media.isGenerated)
        }
        try run.write(streams, to: RunFolder.streams)
        let lines = try LineWriter<ExpectedUnit>(run.file(RunFolder.expectedUnits))
        for stream in source.streams {
            try lines.append(
                stream.units.enumerated().map { index, unit in
                    let codec = stream.parameters.codec
                    let plain = UnitContent.plain(unit.bytes, codec: codec)
                    return ExpectedUnit(
                        stream: stream.kind, index: index, pts: stream.time(unit.pts),
                        size: ByteCount(Int64(plain.count)), key: unit.isKey,
                        content: UnitContent.checksum(UnitContent.bare(plain, codec: codec)))
                })
        }
    }

    /// That of MPEG-TS, which is also that of pictures in RTP. Sound in RTP counts its samples (RFC 3640 section 4.1), and
    /// Opus always 48 000 a second (RFC 7587 section 4.1). RTMP counts milliseconds.
    private static func clockRate(of stream: MediaSource.Stream, _ name: StreamProtocol) -> Int {
        if name == .rtmp || name == .rtmpHLS { return FlashVideoMuxer.clockRate }
        guard name == .rtsp, stream.kind == .audio else { return 90_000 }
        return stream.parameters.codec == "opus" ? 48_000 : Int(stream.parameters.raw.pointee.sample_rate)
    }
}
