import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

/// Marks that are kept beside the media stand in for decoding, and never change what is read.
@Suite(.timeLimit(.minutes(2))) struct MediaReadingsTests {
    /// One access unit as a receiver stores it.
    struct Unit {
        let kind: MediaKind
        let timestamp: UInt32
        let isKey: Bool
        var bytes: [UInt8]
    }

    struct Damage: CustomTestStringConvertible {
        let testDescription: String
        /// All that is received: 90 pictures with a key frame each second, or 3 s of sound with 15 marks.
        var kind = MediaKind.video
        var change: @Sendable (inout [Unit]) -> Void = { _ in }
        /// Marks that are known without decoding.
        let known: Int
    }

    static let damages = [
        Damage(testDescription: "nothing", known: 90),
        Damage(testDescription: "a picture changed", change: { $0[40].bytes[90] ^= 1 }, known: 60),
        Damage(testDescription: "a picture cut short", change: { $0[40].bytes.removeLast(9) }, known: 60),
        Damage(testDescription: "a picture lost", change: { $0.remove(at: 50) }, known: 60),
        Damage(testDescription: "a key frame changed", change: { $0[30].bytes[2000] ^= 0xFF }, known: 60),
        Damage(testDescription: "a key frame lost", change: { $0.remove(at: 30) }, known: 30),
        Damage(testDescription: "the first picture lost", change: { $0.remove(at: 0) }, known: 60),
        Damage(testDescription: "the end lost", change: { $0.removeLast(5) }, known: 60),
        Damage(testDescription: "two pictures exchanged", change: { $0.swapAt(70, 71) }, known: 60),
        Damage(testDescription: "nothing of the sound", kind: .audio, known: 15),
        Damage(testDescription: "a piece of sound lost", kind: .audio, change: { $0.remove(at: 20) }, known: 0),
        Damage(testDescription: "a piece of sound changed", kind: .audio, change: { $0[20].bytes[30] ^= 1 }, known: 0),
    ]

    @Test(arguments: damages)
    func `The marks are those of decoding everything, and only what differs is decoded`(_ damage: Damage) throws {
        let plan = Sample.plan()
        let scratch = try Scratch()
        let run = try receivedRun(plan, scratch, damage)
        try MarkReader(run: run.path).read()
        let decoded = try marks(run)
        try MarkReader(run: run.path, media: Sample.file(plan)).read()
        #expect(try marks(run) == decoded)
        let known = try count(in: run, strange: strange(Sample.file(plan), scratch))
        #expect(known.frames + known.sounds == damage.known)
    }

    @Test(arguments: [AudioPlan.Codec.aac, .opus])
    func `What comes over RTP unchanged is known`(_ codec: AudioPlan.Codec) throws {
        let plan = Sample.plan(audio: codec)
        let session = try Session(plan)
        _ = try session.stream()
        let scratch = try Scratch()
        let known = try count(in: session.run, strange: strange(Sample.file(plan), scratch))
        #expect(known.frames == 90 && known.sounds == 15)
    }

    /// A run that received the media's units after something was done to them.
    private func receivedRun(_ plan: Plan, _ scratch: Scratch, _ damage: Damage) throws -> RunDirectory {
        let source = try MediaSource.load(Sample.file(plan))
        let schedule = try SendSchedule(
            source, identities: StreamIdentity.draw(seed: 1, count: 2), port: 5004, pipeline: PipelinePlan(),
            marked: true)
        let units = schedule.units.map { unit in
            let stream = source.streams[unit.stream]
            return Unit(
                kind: stream.kind, timestamp: unit.timestamp, isKey: unit.isKey,
                bytes: NetworkUnits.received(stream.units[unit.index].bytes, codec: stream.parameters.codec))
        }
        var received = units.filter { $0.kind == damage.kind }
        damage.change(&received)
        let run = try scratch.run(plan)
        let store = try UnitStore(run)
        for unit in received {
            try store.add(unit.kind, unit.bytes, timestamp: unit.timestamp, isKey: unit.isKey, time: 0)
        }
        try store.flush()
        try run.write(schedule.streams, to: RunFolder.streams)
        return run
    }

    private func marks(_ run: RunDirectory) throws -> [[UInt8]] {
        try [RunFolder.frameMarks, RunFolder.soundMarks].map { try File.read(run.file($0)) }
    }

    /// The path of media whose kept readings no decoder could have made.
    private func strange(_ media: String, _ scratch: Scratch) throws -> String {
        let readings = MediaReadings(beside: media)
        let path = "\(scratch.path)/strange.mp4"
        try MediaReadings(
            frames: readings.frames.mapValues { marks in
                marks.map { FrameMark(timestamp: $0.timestamp, top: 99999, bottom: nil, damaged: true) }
            },
            sounds: readings.sounds.mapValues { marks in
                marks.map { SoundMark(slot: $0.slot, found: $0.found, quality: 2) }
            }
        ).keep(beside: path)
        return path
    }

    /// How many marks were taken from the strange readings.
    private func count(in run: RunDirectory, strange media: String) throws -> (frames: Int, sounds: Int) {
        try MarkReader(run: run.path, media: media).read()
        return (
            try run.readLines(FrameMark.self, from: RunFolder.frameMarks).count { $0.top == 99999 },
            try run.readLines(SoundMark.self, from: RunFolder.soundMarks).count { $0.quality == 2 }
        )
    }
}
