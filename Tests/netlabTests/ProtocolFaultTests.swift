import LabModel
import LinuxKit
import RunStore
import Testing

/// What goes wrong with each protocol: a run ends in bounded time, says what went wrong with what, and reports what was
/// measured until then. In virtual time. (RTMP's server: `RTMPTests`.)
@Suite struct ProtocolFaultTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Of `pipeline:`.
        let pipeline: String
        var words: String
        /// Runs inside, beside the media worker.
        var beside = ":"
        var link = "link: {downlink: {rate: 4mbit, delay: 20ms, queue: 200ms}, uplink: {rate: 4mbit, delay: 20ms}}"
        /// Further lines of the scenario.
        var lines = ""
    }

    private func run(
        _ fault: Fault, duration: Int, expecting status: Int32
    ) throws -> (place: Workplace, result: RunResult, output: String) {
        let place = try Workplace()
        let media = "media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}"
        let scenario = try place.scenario("\(fault.link)\n\(fault.lines)\npipeline: {\(fault.pipeline), \(media)}\n")
        var command = InstalledProgram.shared.command(
            ["run", scenario, "--set", "duration=\(duration)s", "--engine", "virtual", "-q"], in: place.path)
        command.program = try InstalledProgram.shared.path(withWorkersBeside: fault.beside, at: place)
        let run = try ChildProcess.run(command, timeout: 120_000_000_000)
        let output = run.outputText + run.errorText
        #expect(run.status == .exited(status), "\(output)")
        #expect(try place.latest("test").has(RunFolder.report))
        let result = try place.result("test")
        if let start = result.run.streamStart, let end = result.run.streamEnd {
            #expect(end - start < .seconds(Double(duration) + 10))
        }
        return (place, result, output)
    }

    private static func kill(_ name: String) -> String {
        "sleep 4; kill -KILL $(grep -lx \(name) /proc/[0-9]*/comm | tr -dc '0-9\\n')"
    }

    static let deaths: [Fault] =
        [
            "protocol: srt", "protocol: udp-ts", "protocol: rtp-ts", "protocol: ws",
            "protocol: ws, ws: {container: fmp4}", "protocol: hls", "protocol: ll-hls", "protocol: dash",
            "protocol: ll-dash", "protocol: rtmp", "protocol: rtmp-hls",
        ].map { pipeline in
            Fault(
                testDescription: "the sender of \(pipeline)", pipeline: pipeline,
                words: "the sender did not reach the end: killed by signal 9", beside: kill("sender"))
        } + [
            Fault(
                testDescription: "the receiver of srt", pipeline: "protocol: srt",
                words: "the receiver did not reach the end: killed by signal 9", beside: kill("receiver")),
            Fault(
                testDescription: "the receiver of ws", pipeline: "protocol: ws",
                words: "the receiver did not reach the end: killed by signal 9", beside: kill("receiver")),
            Fault(
                testDescription: "the server of rtmp-hls", pipeline: "protocol: rtmp-hls",
                words: "the server did not serve to the end: killed by signal 9", beside: kill("nginx")),
        ]

    @Test(arguments: deaths) func `Whoever dies is named, and what came until then is reported`(_ fault: Fault) throws {
        let (_, result, output) = try run(fault, duration: 6, expecting: 2)
        #expect(output.contains(fault.words), "\(output)")
        #expect(result.verdict == .invalid)
        guard case .failed(let reason) = result.run.outcome else { throw Unexpected("\(result.run.outcome)") }
        #expect(reason.hasPrefix(fault.words) && reason.count < 300, "\(reason)")
        #expect(try #require(result.media(.video)).complete > 25)
        #expect(result.player?.startup != nil)
    }

    /// Waits for the sender's network and takes a port there before the sender does.
    private static func taking(_ port: Int) -> String {
        """
        until for file in /proc/[0-9]*/fd/*; do
          case "$(readlink $file)" in net:*)
            nsenter --net=$file ip -o address 2>/dev/null | grep -q ' 10.77.0.1/' && break;;
          esac
          false
        done; do sleep 0.05; done
        exec nsenter --net=$file iperf3 -s -p \(port)
        """
    }

    static let taken: [Fault] =
        [("ws", "listen on"), ("hls", "bind to"), ("ll-hls", "bind to"), ("dash", "bind to"), ("ll-dash", "bind to")]
        .map { name, attempt in
            Fault(
                testDescription: name, pipeline: "protocol: \(name)",
                words: "the sender did not get ready: exited with code 1: netlab-media: cannot \(attempt) "
                    + "10.77.0.1 port 8080: address already in use (EADDRINUSE)",
                beside: taking(8080))
        } + [
            Fault(
                testDescription: "rtmp-hls", pipeline: "protocol: rtmp-hls",
                words: "the server did not get ready: exited with code 1: ", beside: taking(8080))
        ]

    @Test(arguments: taken) func `A server whose port is in use does not start, and says so`(_ fault: Fault) throws {
        var fault = fault
        // A server starts when they are over.
        fault.lines = "probes: [{throughput: udp, rate: 1mbit, before: 2s}]"
        let (_, result, output) = try run(fault, duration: 3, expecting: 2)
        #expect(output.contains(fault.words) && output.lowercased().contains("address already in use"), "\(output)")
        #expect(result.verdict == .invalid && result.run.streamStart == nil)
        #expect(result.run.probes.count == 1)
    }

    @Test(arguments: ["rtmp", "rtmp-hls"])
    func `A server that is not installed is named with its packages`(_ name: String) throws {
        let place = try Workplace()
        let scenario = try place.scenario("pipeline: {protocol: \(name), media: {audio: none}}\n")
        let run = try Shell.run(
            """
            unshare --user --map-root-user --mount sh -c '
              mount -t tmpfs tmpfs /usr/lib/nginx/modules || exit 99
              cd \(place.path) && exec \(InstalledProgram.shared.path) run \(scenario) --engine virtual -q'
            """, environment: InstalledProgram.shared.environment)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        #expect(run.outputText.contains("apt-get install nginx-light libnginx-mod-rtmp"), "\(run.outputText)")
        #expect(try place.latest("test").has(RunFolder.report))
    }

    private static let listener =
        "srt-live-transmit -q \\\"srt://:9000?mode=listenerPHRASE\\\" file://con > got.ts"
    private static let caller =
        "ffmpeg -v error -re -i $NETLAB_MEDIA -c copy -f mpegts \\\"srt://$NETLAB_RECEIVER:9000PHRASE\\\""

    static let refusals: [Fault] = [
        Fault(
            testDescription: "another passphrase of a receiver of the user's own",
            pipeline: "protocol: srt, srt: {passphrase: correct horse}, receiver: {run: \""
                + listener.replacing("PHRASE", with: "&passphrase=another+horse") + "\", ready: {port: 9000}}",
            words:
                "the sender did not connect: exited with code 1: netlab-media: cannot connect to 10.77.0.2 port 9000: "
                + "wrong passphrase, both ends need the same"),
        Fault(
            testDescription: "a receiver of the user's own without a passphrase",
            pipeline: "protocol: srt, srt: {passphrase: correct horse}, receiver: {run: \""
                + listener.replacing("PHRASE", with: "") + "\", ready: {port: 9000}}",
            words: "cannot connect to 10.77.0.2 port 9000: only one side has a passphrase, both ends need the same"),
        Fault(
            testDescription: "another passphrase of a sender of the user's own",
            pipeline: "protocol: srt, srt: {passphrase: correct horse}, sender: {run: \""
                + caller.replacing("PHRASE", with: "?passphrase=another_horse") + "\"}",
            words: "the sender did not reach the end: exited with code 1: "),
    ]

    @Test(arguments: refusals) func `Who is refused by SRT says why`(_ fault: Fault) throws {
        let (_, result, output) = try run(fault, duration: 3, expecting: 2)
        #expect(output.contains(fault.words), "\(output)")
        #expect(result.verdict == .invalid && result.media.allSatisfy { $0.complete == 0 })
    }

    static let unreachable: [Fault] = [
        Fault(
            testDescription: "srt", pipeline: "protocol: srt",
            words:
                "the receiver did not connect: exited with code 1: netlab-media: cannot accept a caller on 10.77.0.2 "
                + "port 9000: none came in 10.0 s"),
        Fault(
            testDescription: "ws", pipeline: "protocol: ws",
            words:
                "the receiver did not connect: exited with code 1: netlab-media: cannot connect to 10.77.0.1 port 8080"),
        Fault(
            testDescription: "rtmp", pipeline: "protocol: rtmp",
            words:
                "the receiver did not join the stream: exited with code 1: netlab-media: cannot play rtmp://10.77.0.1:1935"
        ),
    ]

    @Test(arguments: unreachable) func `Ends that cannot meet say whom they waited for`(_ fault: Fault) throws {
        var fault = fault
        fault.link = "link: {downlink: {loss: 100%}}"
        let (_, result, output) = try run(fault, duration: 3, expecting: 2)
        #expect(output.contains(fault.words), "\(output)")
        #expect(result.verdict == .invalid && result.run.streamStart == nil)
    }

    @Test(arguments: [
        "srt", "udp-ts", "rtp-ts", "ws", "hls", "ll-hls", "dash", "ll-dash", "rtmp", "rtmp-hls",
    ])
    func `Where no frame ever comes the run ends, and says that playing never began`(_ name: String) throws {
        let fault = Fault(
            testDescription: name, pipeline: "protocol: \(name)",
            words: "no frame was ever shown: none of 75 came whole",
            lines: "timeline: [{at: 1ms, downlink: {loss: 100%}}]\nexpect: [player.stall.total < 1s]")
        let (_, result, output) = try run(fault, duration: 3, expecting: 1)
        #expect(result.verdict == .fail && result.player?.startup == nil)
        #expect(output.contains(fault.words), "\(output)")
        #expect(result.media(.video)?.complete == 0 && result.media(.video)?.sent == 75)
        #expect(result.absences.contains(Absence("player.stall", because: "playing never began")))
    }
}
