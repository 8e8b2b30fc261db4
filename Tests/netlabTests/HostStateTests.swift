import Glibc
import LinuxKit
import Testing

/// netlab changes nothing on the machine, whatever becomes of it.
@Suite(.serialized) struct HostStateTests {
    private let place: Workplace
    private let temporary: String
    private let scenario: String

    init() throws {
        place = try Workplace()
        temporary = "\(place.path)/tmp"
        try Directory.make(temporary)
        scenario = try place.scenario(
            """
            link: {downlink: {rate: 5mbit, delay: 20ms}, uplink: {rate: 5mbit}}
            pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit}, audio: none}}
            """)
    }

    private func command(_ engine: String) -> Command {
        var command = InstalledProgram.shared.command(["run", scenario, "--engine", engine, "-q"], in: place.path)
        command.environment["TMPDIR"] = temporary
        command.output = .null
        command.errors = .null
        return command
    }

    @Test(arguments: ["virtual", "embedded"])
    func `A run leaves the host as it was`(_ engine: String) throws {
        let before = try HostState(workplace: place.path, temporary: temporary)
        let status = try ChildProcess.start(command(engine)).wait()
        #expect(status == .success || engine == "embedded" && status == .exited(2))
        #expect(try HostState(workplace: place.path, temporary: temporary).differences(from: before) == [])
    }

    /// Moments from before the kernel boots until the stream is well under way, from a fixed seed.
    static let moments: [Int64] = {
        var state: UInt64 = 20_260_131
        return (0..<6).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(state >> 33) % 2_500 * 1_000_000
        }
    }()

    @Test(arguments: moments)
    func `SIGKILL at any moment leaves nothing`(after moment: Int64) throws {
        // The media is there already, so that the moments fall into the run.
        try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        let before = try HostState(workplace: place.path, temporary: temporary)
        let child = try ChildProcess.start(command("embedded"))
        Clock.sleep(for: moment)
        child.signal(SIGKILL)
        child.wait()
        let deadline = Clock.monotonic() + 5_000_000_000
        var differences = try HostState(workplace: place.path, temporary: temporary).differences(from: before)
        // The kernel ends the others when it gets to it.
        while !differences.isEmpty, Clock.monotonic() < deadline {
            Clock.sleep(for: 50_000_000)
            differences = try HostState(workplace: place.path, temporary: temporary).differences(from: before)
        }
        #expect(differences == [])
    }

    /// In a kernel of its own, where all processes there are can be listed; the host engine's are that kernel's.
    @Test(arguments: [
        ("rtsp", "netlab-rtsp"), ("rtmp", "nginx"), ("rtmp-hls", "nginx"), ("hls", "sender"), ("ll-hls", "sender"),
        ("dash", "sender"), ("ll-dash", "sender"), ("ws", "sender"), ("srt", "sender"),
    ])
    func `No server runs on when netlab is killed`(_ name: String, _ server: String) throws {
        let scenario = try place.scenario(
            """
            link: {downlink: {rate: 5mbit, delay: 20ms}, uplink: {rate: 5mbit}}
            pipeline: {protocol: \(name), media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: none}}
            """, name: name)
        let script = """
            list() { for each in /proc/[0-9]*; do [ -e $each/exe ] && cat $each/comm; done | sort; }
            list > \(place.path)/before
            \(InstalledProgram.shared.path) run \(scenario) --engine host --reports \(place.path)/Reports -q &
            until grep -qs '"stream"' \(place.path)/Reports/\(name)/latest/events.jsonl; do sleep 0.1; done
            sleep 1; list > \(place.path)/during
            kill -KILL $!; wait $!; sleep 1; list > \(place.path)/after
            """
        var command = InstalledProgram.shared.command(
            ["kernel", "run", "--virtual", "--writable", place.path, "--", "sh", "-c", script], in: place.path)
        command.environment["XDG_CACHE_HOME"] = place.path
        let run = try ChildProcess.run(command, timeout: 180_000_000_000)
        let (before, during, after) = (
            try File.readText("\(place.path)/before"), try File.readText("\(place.path)/during"),
            try File.readText("\(place.path)/after")
        )
        #expect(
            ["receiver", server].allSatisfy { during.split(separator: "\n").contains($0[...]) },
            "\(run.outputText)\(run.errorText)\(during)")
        #expect(after == before)
    }
}
