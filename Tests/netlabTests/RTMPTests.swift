import LabModel
import LinuxKit
import RunStore
import Testing

/// RTMP through a real server, in virtual time: its figures against the capture's, and what goes wrong.
@Suite struct RTMPTests {
    private static func scenario(_ downlink: String) -> String {
        """
        seed: 7
        link: {downlink: {\(downlink), delay: 20ms, queue: 200ms}, uplink: {rate: 4mbit, delay: 20ms}}
        pipeline:
          protocol: rtmp
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
        """
    }

    @Test func `TCP's own account is what the capture shows`() throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario("rate: 4mbit, loss: 3%"))
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        let (flow, start) = (try #require(result.tcp?.main), try #require(result.run.streamStart))
        #expect(flow.sender.port == 1935 && flow.direction == .downlink)
        let capture = try place.latest("test").file(RunFolder.senderCapture)
        // What came after the last reading it cannot know.
        let last = Double((start + flow.last).nanoseconds) / 1e9
        let shown = try Shell.run(
            "tshark -r \(capture) -Y 'tcp.srcport == 1935 && tcp.len > 0 && frame.time_epoch <= \(last)'"
                + " -T fields -e tcp.seq_raw -e tcp.len")
        let segments = shown.outputText.split(separator: "\n")
        let bytes = Set(segments).reduce(0) { $0 + (Int64($1.split(separator: "\t").last ?? "") ?? 0) }
        #expect(flow.dataSegments == Int64(segments.count))
        #expect(flow.retransmissions == Int64(segments.count - Set(segments).count))
        #expect(try #require(flow.retransmissions) > 0)
        let delivered = try #require(flow.delivered)
        #expect(delivered <= ByteCount(bytes) && ByteCount(bytes - 20_000) < delivered)
    }

    @Test
    func `A link that is too narrow costs frames at the server, and none of what passes is another than was sent`()
        throws
    {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario("rate: 300kbit"))
        let run = try InstalledProgram.shared.run(
            ["run", scenario, "--set", "duration=16s", "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.run.warnings == [])
        #expect(result.rtmp?.dropped ?? 0 > 0)
        let video = try #require(result.media(.video))
        #expect(video.missing > 20 && video.damaged == 0)
    }

    /// What stands in for nginx, and what netlab says.
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let server: String
        let words: String
        var isPartial = false
    }

    static let faults = [
        Fault(
            testDescription: "does not start",
            server: "sed -i 's/live on;/live maybe;/' \"$2/nginx.conf\"; exec /usr/sbin/nginx \"$@\"",
            words: "the server did not listen on TCP port 1935: exited with code 1: "),
        Fault(
            testDescription: "finds its port in use",
            server: "/usr/sbin/nginx \"$@\" & sleep 1; exec /usr/sbin/nginx \"$@\"", words: "Address already in use"),
        Fault(
            testDescription: "refuses the player",
            server: "sed -i 's/live on;/live on; deny play all;/' \"$2/nginx.conf\"; exec /usr/sbin/nginx \"$@\"",
            words: "the receiver did not join the stream: "),
        Fault(
            testDescription: "refuses the publisher",
            server: "sed -i 's/live on;/live on; deny publish all;/' \"$2/nginx.conf\"; exec /usr/sbin/nginx \"$@\"",
            words: "cannot send to rtmp://10.77.0.1:1935/live/netlab"),
        Fault(
            testDescription: "dies", server: "/usr/sbin/nginx \"$@\" & sleep 2; kill -KILL $!; wait $!; exit 3",
            words: "the server did not serve to the end: exited with code 3", isPartial: true),
        Fault(
            testDescription: "stands still",
            server: "sh -c 'sleep 2; kill -STOP '$$ & exec /usr/sbin/nginx \"$@\"",
            words: "the server ended with signal 9", isPartial: true),
    ]

    @Test(arguments: faults) func `A server that`(_ fault: Fault) throws {
        let place = try Workplace()
        let scenario = try place.scenario(Self.scenario("rate: 4mbit"))
        try File.write("#!/bin/sh\n\(fault.server)\n", to: "\(place.path)/nginx")
        try Shell.run("chmod 755 \(place.path)/nginx")
        var command = InstalledProgram.shared.command(
            ["run", scenario, "--set", "duration=6s", "--engine", "virtual", "-q"], in: place.path)
        command.environment["PATH"] = "\(place.path):\(Environment.value("PATH") ?? Environment.defaultPath)"
        let run = try ChildProcess.run(command, timeout: 120_000_000_000)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        #expect(run.outputText.contains(fault.words), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.verdict == .invalid)
        #expect(try place.latest("test").has(RunFolder.report))
        if fault.isPartial { #expect(try #require(result.media(.video)).complete > 25) }
    }
}
