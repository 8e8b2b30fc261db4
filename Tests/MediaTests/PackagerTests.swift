import HTTPStream
import LabModel
import LinuxKit
import Testing

@testable import Media

/// Media files as users have them, cut for HTTP; ffprobe says what is in them, and in the pieces.
@Suite(.timeLimit(.minutes(2))) struct PackagerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let file: String
        /// Of the segments, where two seconds were asked for.
        let lengths: [Double]
        let target: Int
        var hasSound = true
    }

    static let cases = [
        Case(
            testDescription: "key frames at irregular times, and an edit list", file: "irregular.mp4",
            lengths: [4.52, 4.48, 2.04, 0.96], target: 5),
        Case(
            testDescription: "negative composition offsets", file: "negative.mp4", lengths: [4.52, 4.48, 2.04, 0.96],
            target: 5),
        Case(
            testDescription: "regular key frames without decoding times", file: "regular.mkv",
            lengths: Array(repeating: 2, count: 6), target: 2),
        Case(
            testDescription: "no sound and one key frame", file: "long.mp4", lengths: [12], target: 12, hasSound: false),
    ]

    /// The file of a case, made by the checked-in script.
    private static func made(_ name: String, in scratch: Scratch) throws -> String {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let script = Command("/usr/bin/env", ["python3", "/\(tests)/Fixtures/make-media.py", scratch.path, name])
        let run = try ChildProcess.run(script, timeout: 60_000_000_000)
        try #require(run.status == .success, "\(run.errorText)")
        return "\(scratch.path)/\(name)"
    }

    private static func presentation(_ file: String, _ name: HTTPProtocol) throws -> Presentation {
        try Packager([MediaSource.load(file)], protocol: name, plan: HTTPPlan(), marked: false).presentation
    }

    private static let end = TimeSpan.seconds(60)
    private static let start = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

    private static func numbers(_ text: String, after mark: String) -> [Double] {
        text.split(separator: "\n").filter { $0.contains(mark) }.compactMap { line in
            line.firstRange(of: mark).flatMap { Double(line[$0.upperBound...].prefix { "0123456789.".contains($0) }) }
        }
    }

    @Test(arguments: cases)
    func `Playlists and manifests tell the lengths that the key frames give`(_ test: Case) throws {
        let scratch = try Scratch()
        let file = try Self.made(test.file, in: scratch)
        let hls = try Self.presentation(file, .hls)
        #expect(hls.renditions(of: .audio).isEmpty != test.hasSound)
        let list = HLSWriter(hls).media(hls.renditions[0], at: Self.end, start: Self.start)
        #expect(Self.numbers(list, after: "#EXTINF:") == test.lengths)
        #expect(list.contains("#EXT-X-TARGETDURATION:\(test.target)\n"))
        #expect(list.contains("HOLD-BACK=\(3 * test.target)\n"))
        for name in [HTTPProtocol.dash, .llDASH] {
            let dash = try Self.presentation(file, name)
            let manifest = MPDWriter(dash).manifest(at: Self.end, start: Self.start)
            #expect(manifest.contains("mediaPresentationDuration=\"PT12"))
            let isRegular = test.lengths.allSatisfy { $0 == 2 }
            #expect(manifest.contains("SegmentTimeline") == !isRegular)
            let video = manifest.split(separator: "contentType=\"audio\"")[0]
            let told = Self.numbers(String(video), after: "\" d=\"").map { $0 / 90_000 }
            #expect(isRegular || zip(told, test.lengths).allSatisfy { abs($0 - $1) < 1e-3 })
            #expect(isRegular || told.count == test.lengths.count)
        }
    }

    @Test(arguments: cases)
    func `A player of the pieces shows every frame at its time`(_ test: Case) throws {
        let scratch = try Scratch()
        let file = try Self.made(test.file, in: scratch)
        let source = try Self.shown(file)
        for name in [HTTPProtocol.hls, .llHLS] {
            let video = try Self.presentation(file, name).renditions[0]
            let pieces = video.segments.flatMap(\.pieces).flatMap(\.bytes)
            let whole = "\(scratch.path)/whole.mp4"
            try File.write((video.initialization ?? []) + pieces, to: whole)
            let times = try Self.shown(whole)
            #expect(times.count == 300 && source.count == 300)
            #expect(zip(times, source).allSatisfy { abs(($0 - times[0]) - ($1 - source[0])) < 0.002 })
        }
    }

    /// When frames are shown, once decoded.
    private static func shown(_ file: String) throws -> [Double] {
        let text = try output(
            of: "ffprobe",
            ["-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv", file])
        return try #require(text).split(separator: "\n").compactMap { line in
            line.split(separator: ",").dropFirst().first.flatMap { Double($0) }
        }
    }

    @Test func `A part is marked independent where a key frame is in it`() throws {
        let scratch = try Scratch()
        let presentation = try Self.presentation(Self.made("irregular.mp4", in: scratch), .llHLS)
        let video = presentation.renditions[0]
        let marked = video.segments.flatMap { segment in
            segment.pieces.indices.filter { segment.pieces[$0].isIndependent }.map { "\(segment.number).\($0)" }
        }
        // Key frames at 0 and 1.2 s, 4.52 and 5.2, 9, 11.04.
        #expect(marked == ["0.0", "0.6", "1.0", "1.3", "2.0", "3.0"])
        let list = HLSWriter(presentation).media(video, at: .seconds(6), start: Self.start)
        #expect(list.contains("URI=\"v0/0.6.m4s\",INDEPENDENT=YES") && list.contains("URI=\"v0/0.7.m4s\"\n"))
        #expect(Self.numbers(list, after: "PART-TARGET=") == [0.2])
    }

    @Test func `What playlists cannot name is said`() throws {
        let scratch = try Scratch()
        let file = "\(scratch.path)/x.mp4"
        let made = try output(
            of: "ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc2=d=1:s=160x90", "-c:v", "mpeg4", file])
        try #require(made != nil)
        let error = #expect(throws: MediaError.self) { try Self.presentation(file, .hls) }
        #expect(error?.description.contains("its video is mpeg4, which playlists cannot name here") == true)
    }
}
