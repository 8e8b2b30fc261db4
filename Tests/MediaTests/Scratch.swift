import LabModel
import LinuxKit
import RunStore
import Synchronization

@testable import Media

/// A folder that goes away with the test.
final class Scratch: Sendable {
    let path: String

    init() throws {
        AVLog.set(verbose: false)
        path = try Directory.makeUnique("/tmp/netlab-media-")
    }

    deinit { try? Directory.removeTree(path) }

    /// A run directory with a plan in it.
    func run(_ plan: Plan) throws -> RunDirectory {
        let run = try RunDirectory.make(under: path, slug: "t", time: "t")
        try run.write(plan, to: RunFolder.plan)
        return run
    }
}

/// Small media for tests, each kind made once.
enum Sample {
    static func plan(
        _ rate: Int64 = 500_000, audio: AudioPlan.Codec? = .aac, duration: TimeSpan = .seconds(3),
        pacing: Pacing = .burst, transportStream: TransportStreamPlan = TransportStreamPlan()
    ) -> Plan {
        let video = VideoPlan(
            width: 640, height: 360, framesPerSecond: 30, rate: Rate(bitsPerSecond: rate), keyFrameInterval: .seconds(1)
        )
        let media = MediaPlan.generated(
            video: video, audio: audio.map { AudioPlan(codec: $0, rate: Rate(bitsPerSecond: 64_000)) })
        return Plan(
            slug: "t", name: "t", seed: 42, duration: duration,
            pipeline: PipelinePlan(media: media, pacing: pacing, transportStream: transportStream))
    }

    private static let folder = Mutex<Scratch?>(nil)

    /// The media file of a plan, kept for the other tests of this process.
    static func file(_ plan: Plan) throws -> String {
        let scratch = try folder.withLock { folder in
            if folder == nil { folder = try Scratch() }
            return try folder ?? Scratch()
        }
        return try MediaProvider.file(of: plan, cache: scratch.path) { _ in }
    }
}

/// A program's output, nil where it is not installed.
func output(of program: String, _ arguments: [String]) throws -> String? {
    guard Environment.find(program) != nil else { return nil }
    return try ChildProcess.run(Command(program, arguments)).outputText
}
