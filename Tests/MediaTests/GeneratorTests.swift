import FoundationEssentials
import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

@Suite struct GeneratorTests {
    private struct Probe: Decodable {
        struct Stream: Decodable {
            var codecName: String
            var width: Int?
            var height: Int?
            var avgFrameRate: String
            var hasBFrames: Int?
            var sampleRate: String?
            var startTime: String
        }
        struct Packet: Decodable {
            var pts: Int
            var dts: Int
            var flags: String
        }
        var streams: [Stream]
        var packets: [Packet]?

        init(_ text: String) throws {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Self.self, from: Data(text.utf8))
        }
    }

    @Test(arguments: [AudioPlan.Codec.aac, .opus])
    func `ffprobe finds what was asked for`(_ codec: AudioPlan.Codec) throws {
        let file = try Sample.file(Sample.plan(audio: codec))
        let text = try #require(
            try output(of: "ffprobe", ["-v", "error", "-show_streams", "-of", "json", file]), "ffprobe is missing")
        let streams = try Probe(text).streams
        #expect(streams.map(\.codecName) == ["h264", codec.rawValue])
        #expect(streams[0].width == 640 && streams[0].height == 360)
        #expect(streams[0].avgFrameRate == "30/1" && streams[0].hasBFrames == 0)
        #expect(streams[1].sampleRate == "48000")
        #expect(streams.map(\.startTime) == ["0.000000", "0.000000"])
    }

    @Test func `Key frames stand at their fixed distance, and frames are sent in the order they are shown in`() throws {
        let file = try Sample.file(Sample.plan())
        let text = try #require(
            try output(
                of: "ffprobe",
                ["-v", "error", "-select_streams", "v", "-show_packets", "-show_streams", "-of", "json", file]))
        let packets = try #require(Probe(text).packets)
        #expect(packets.count == 90)
        #expect(packets.allSatisfy { $0.pts == $0.dts })
        let keys = packets.indices.filter { packets[$0].flags.hasPrefix("K") }
        #expect(keys == [0, 30, 60])
    }

    @Test func `The same plan gives the same bytes`() throws {
        let scratch = try Scratch()
        let plan = Sample.plan(duration: .seconds(1))
        let files = try ["a", "b"].map { try MediaProvider.file(of: plan, cache: "\(scratch.path)/\($0)") { _ in } }
        #expect(try File.read(files[0]) == File.read(files[1]))
    }

    @Test func `A file in the cache is used again, and one cut short is made anew`() throws {
        let scratch = try Scratch()
        let plan = Sample.plan(duration: .seconds(1))
        let path = try MediaProvider.file(of: plan, cache: scratch.path) { _ in }
        let whole = try File.read(path)
        #expect(try MediaProvider.file(of: plan, cache: scratch.path) { _ in Issue.record("made again") } == path)
        try File.write(Array(whole.prefix(whole.count / 2)), to: path)
        #expect(try MediaProvider.file(of: plan, cache: scratch.path) { _ in } == path)
        #expect(try File.read(path) == whole)
        let left = try Directory.list(scratch.path).filter { $0.contains(".part-") }
        #expect(left.isEmpty)
    }

    /// Decodes the file's own units, as if all had been received.
    private func marks(of plan: Plan) throws -> (frames: [FrameMark], sounds: [SoundMark]) {
        let scratch = try Scratch()
        let source = try MediaSource.load(Sample.file(plan))
        let schedule = try SendSchedule(
            source, identities: StreamIdentity.draw(seed: 1, count: 2), port: 5004, pipeline: PipelinePlan(),
            marked: true)
        let run = try scratch.run(plan)
        let store = try UnitStore(run)
        for unit in schedule.units {
            let stream = source.streams[unit.stream]
            try store.add(
                stream.kind, stream.units[unit.index].bytes, timestamp: unit.timestamp, isKey: unit.isKey, time: 0
            )
        }
        try store.flush()
        try run.write(schedule.streams, to: RunFolder.streams)
        try MarkReader(run: run.path).read()
        return (
            try run.readLines(FrameMark.self, from: RunFolder.frameMarks),
            try run.readLines(SoundMark.self, from: RunFolder.soundMarks)
        )
    }

    @Test(arguments: [500_000, 250_000])
    func `Every frame's number is read at both ends after x264`(_ rate: Int64) throws {
        let frames = try marks(of: Sample.plan(rate)).frames
        #expect(frames.map(\.top) == (0..<90).map { UInt32($0) })
        #expect(frames.map(\.bottom) == frames.map(\.top))
        #expect(frames.allSatisfy { !$0.damaged })
    }

    @Test(arguments: [AudioPlan.Codec.aac, .opus])
    func `Every sound mark is found within a millisecond of its place`(_ codec: AudioPlan.Codec) throws {
        let sounds = try marks(of: Sample.plan(audio: codec)).sounds
        #expect(sounds.map(\.slot) == Array(0..<15))
        for mark in sounds { #expect(abs(mark.found.seconds - (0.1 + 0.2 * Double(mark.slot))) < 0.001) }
    }
}
