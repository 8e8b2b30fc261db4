import LabModel
import LinuxKit
import Testing

@testable import Media

@Suite struct BrokenMediaTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        /// Makes the file at this path.
        let make: @Sendable (String) throws -> Void
        let reason: String
    }

    static let cases = [
        Case(testDescription: "missing", make: { _ in }, reason: "no such file or directory"),
        Case(
            testDescription: "a folder", make: { try Directory.make($0) }, reason: "is a directory"),
        Case(testDescription: "empty", make: { try File.write("", to: $0) }, reason: "invalid data found"),
        Case(
            testDescription: "text", make: { try File.write("this is no media\n", to: $0) },
            reason: "invalid data found"),
        Case(
            testDescription: "noise",
            make: { path in
                var random = RepeatableRandom(seed: 3)
                try File.write((0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }, to: path)
            }, reason: ""),
        Case(
            testDescription: "without its index",
            make: { path in
                let whole = try File.read(Sample.file(Sample.plan()))
                try File.write(Array(whole.prefix(whole.count - 4000)), to: path)
            }, reason: "invalid data found"),
        Case(
            testDescription: "cut behind its index",
            make: { path in
                let file = try Sample.file(Sample.plan())
                let moved = "\(path).whole.mp4"
                _ = try output(
                    of: "ffmpeg", ["-v", "error", "-y", "-i", file, "-c", "copy", "-movflags", "faststart", moved])
                let whole = try File.read(moved)
                try File.write(Array(whole.prefix(whole.count / 2)), to: path)
            }, reason: "it is damaged after 1."),
        Case(
            testDescription: "sound only",
            make: { path in
                let file = try Sample.file(Sample.plan())
                _ = try output(
                    of: "ffmpeg", ["-v", "error", "-y", "-i", file, "-vn", "-c", "copy", "-f", "mp4", path])
            }, reason: "it has no video"),
        Case(
            testDescription: "a codec that RTP does not carry",
            make: { path in
                _ = try output(
                    of: "ffmpeg",
                    [
                        "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=d=1:s=64x64", "-c:v", "ffv1", "-f",
                        "matroska", path,
                    ])
            }, reason: "its video is ffv1, which RTP cannot carry here"),
    ]

    @Test(arguments: cases)
    func `A broken file is named with the reason`(_ broken: Case) throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/media.mp4"
        try broken.make(path)
        let plan = Plan(
            slug: "t", name: "t", duration: .seconds(3), pipeline: PipelinePlan(media: .file(path: path)))
        let error = #expect(throws: MediaError.self) {
            try MediaProvider.file(of: plan, cache: scratch.path) { _ in }
        }
        let words = try #require(error?.description)
        #expect(words.hasPrefix("cannot read media \(path): ") || words.hasPrefix("cannot send media \(path): "))
        #expect(words.contains(broken.reason), "\(words)")
    }

    @Test func `A good file of the user's is used as it is`() throws {
        let scratch = try Scratch()
        let file = try Sample.file(Sample.plan())
        let plan = Plan(slug: "t", name: "t", duration: .seconds(3), pipeline: PipelinePlan(media: .file(path: file)))
        #expect(try MediaProvider.file(of: plan, cache: scratch.path) { _ in } == file)
    }

    @Test(arguments: ["libx264", "libx265", "libvpx"])
    func `Frames sent in another order than they are shown in keep both`(_ codec: String) throws {
        let scratch = try Scratch()
        let path = "\(scratch.path)/media.mkv"
        let made = try #require(
            try output(
                of: "ffmpeg",
                ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=d=2:s=320x180:r=25", "-c:v", codec, path]))
        #expect(made.isEmpty)
        let source = try MediaSource.load(path)
        let schedule = try SendSchedule(
            source, identities: StreamIdentity.draw(seed: 1, count: 1), port: 5004, pipeline: PipelinePlan(),
            marked: false)
        #expect(schedule.units.count == 50)
        #expect(schedule.units.allSatisfy { !$0.packets.isEmpty })
        #expect(zip(schedule.units, schedule.units.dropFirst()).allSatisfy { $0.due < $1.due })
        // Matroska rounds to milliseconds; no frame is due after it is shown, seen from the first one.
        #expect(Set(schedule.units.map { ($0.pts.nanoseconds + 5_000_000) / 40_000_000 }) == Set(0..<50))
        #expect(schedule.units.allSatisfy { $0.due <= $0.pts.nanoseconds + schedule.presentationStart })
    }

    /// Truncated anywhere and with any byte changed, a file is read or refused, and nothing else happens.
    @Test func `Damaged files do not crash`() throws {
        let scratch = try Scratch()
        let whole = try File.read(Sample.file(Sample.plan(duration: .seconds(1))))
        var random = RepeatableRandom(seed: 5)
        for _ in 0..<40 {
            var bytes = whole
            for _ in 0..<20 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            bytes.removeLast(Int(random.next() % 3000))
            let path = "\(scratch.path)/damaged.mp4"
            try File.write(bytes, to: path)
            _ = try? MediaSource.load(path, upTo: .seconds(1))
        }
    }
}
