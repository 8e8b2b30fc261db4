import LabModel
import LinuxKit
import RunStore
import Testing

/// RTSP with a foreign end, and what goes wrong between the ends, in virtual time.
@Suite struct RTSPPeerTests {
    private static func scenario(_ rtsp: String, _ more: String = "") -> String {
        """
        seed: 7
        link:
          downlink: {rate: 8mbit, delay: 20ms, queue: 200ms}
          uplink: {rate: 4mbit, delay: 20ms}
        pipeline:
          protocol: rtsp
          rtsp: {\(rtsp)}
          media: {video: {size: 320x180, fps: 25, rate: 400kbit, gop: 1s}, audio: {rate: 64kbit}}
          \(more)
        """
    }

    private static func run(_ scenario: String, in place: Workplace, by program: String? = nil) throws
        -> ChildProcess.Result
    {
        let path = try place.scenario(scenario)
        var command = InstalledProgram.shared.command(["run", path, "--engine", "virtual", "-q"], in: place.path)
        if let program { command.program = program }
        return try ChildProcess.run(command, timeout: 180_000_000_000)
    }

    struct Peer: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rtsp: String
        let end: String
    }

    private static let recorder = "-map 0 -c copy -flush_packets 1 got.mkv"

    @Test(arguments: [
        Peer(
            testDescription: "ffmpeg asks, over UDP", rtsp: "transport: udp",
            end: "ffmpeg -v error -rtsp_transport udp -i rtsp://$NETLAB_SENDER:$NETLAB_PORT/camera-1 \(recorder)"),
        Peer(
            testDescription: "ffmpeg asks, over TCP", rtsp: "transport: tcp",
            end: "ffmpeg -v error -rtsp_transport tcp -i rtsp://$NETLAB_SENDER:$NETLAB_PORT/camera-1 \(recorder)"),
        Peer(
            testDescription: "GStreamer asks, over UDP", rtsp: "transport: udp",
            end: """
                gst-launch-1.0 -q rtspsrc location=rtsp://$NETLAB_SENDER:$NETLAB_PORT/camera-1 latency=100 protocols=udp \
                name=s s. ! application/x-rtp,media=video ! rtph264depay ! h264parse ! matroskamux streamable=true \
                ! filesink buffer-mode=unbuffered location=got.mkv
                """),
        Peer(
            testDescription: "GStreamer asks, over TCP", rtsp: "transport: tcp",
            end: """
                gst-launch-1.0 -q rtspsrc location=rtsp://$NETLAB_SENDER:$NETLAB_PORT/camera-1 latency=100 protocols=tcp \
                name=s s. ! application/x-rtp,media=video ! rtph264depay ! h264parse ! matroskamux streamable=true \
                ! filesink buffer-mode=unbuffered location=got.mkv
                """),
        Peer(
            testDescription: "ffmpeg listens, over UDP", rtsp: "transport: udp, mode: push",
            end: "ffmpeg -v error -rtsp_flags listen -i rtsp://$NETLAB_RECEIVER:$NETLAB_PORT/camera-1 \(recorder)"),
        Peer(
            testDescription: "ffmpeg listens, over TCP", rtsp: "transport: tcp, mode: push",
            end: "ffmpeg -v error -rtsp_flags listen -i rtsp://$NETLAB_RECEIVER:$NETLAB_PORT/camera-1 \(recorder)"),
    ])
    func `Another's receiver takes what netlab's sender sends`(_ peer: Peer) throws {
        let place = try Workplace()
        let ready = peer.rtsp.contains("push") ? "{port: 8554}" : "{after: 2s}"
        let run = try Self.run(
            Self.scenario(peer.rtsp, "receiver: {run: '\(peer.end)', ready: \(ready)}"), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent }, "\(result.media)")
        let file = try #require(result.programs?.files.first)
        #expect(file.media?.hasPrefix("h264 320x180") == true, "\(file)")
    }

    @Test(arguments: RTSPPlan.Transport.allCases)
    func `netlab's server knows every frame that ffmpeg pushes to it`(transport: RTSPPlan.Transport) throws {
        let place = try Workplace()
        let sender = """
            ffmpeg -v error -re -i "$NETLAB_MEDIA" -c copy -muxdelay 0 -f rtsp -rtsp_transport \(transport.rawValue) \
            rtsp://$NETLAB_RECEIVER:$NETLAB_PORT/camera-1
            """
        let run = try Self.run(
            Self.scenario("transport: \(transport.rawValue), mode: push", "sender: {run: '\(sender)'}"), in: place)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        #expect(result.media.map(\.sent) == [75, 141])
        let whole = result.media.map { Double($0.complete) / Double($0.sent) }
        #expect(whole.count == 2 && whole.allSatisfy { $0 >= 0.96 }, "\(result.media)")
        #expect(result.media.first?.misplaced == 0)
        #expect(result.player?.stalls.isEmpty == true && result.player?.startup != nil)
        #expect(result.rtsp?.server.count == 2)
        #expect(result.reasonAbsent("rtp.video")?.contains("chooses its SSRC") == true)
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rtsp: String
        let end: String
        let words: String
    }

    /// Answers every request with the same refusal.
    private static let unwilling = """
        python3 -c "import socket; s = socket.create_server((\\"\\", 8554)); c = s.accept()[0]; c.recv(9999); \
        c.sendall(b\\"RTSP/1.0 404 Not Found\\\\r\\\\nCSeq: 1\\\\r\\\\n\\\\r\\\\n\\"); c.recv(9999)"
        """

    @Test(arguments: [
        Fault(
            testDescription: "a mount that the server does not have", rtsp: "transport: tcp",
            end:
                "receiver: {run: 'ffmpeg -v error -i rtsp://$NETLAB_SENDER:$NETLAB_PORT/nobody -c copy got.mkv', ready: {after: 2s}}",
            words: "404 Not Found"),
        Fault(
            testDescription: "a push to a mount that the server does not have", rtsp: "transport: tcp, mode: push",
            end:
                "sender: {run: 'ffmpeg -v error -re -i \"$NETLAB_MEDIA\" -c copy -f rtsp rtsp://$NETLAB_RECEIVER:$NETLAB_PORT/nobody'}",
            words: "404 Not Found"),
        Fault(
            testDescription: "a server that refuses what is pushed", rtsp: "transport: tcp, mode: push",
            end: "receiver: {run: '\(unwilling)', ready: {port: 8554}}",
            words:
                "the sender did not connect: exited with code 1: netlab-media: cannot push to rtsp://10.77.0.2:8554/camera-1: "
                + "the server answers 404 Not Found to ANNOUNCE"),
        Fault(
            testDescription: "nobody who takes what is pushed", rtsp: "transport: udp, mode: push",
            end: "receiver: {run: 'sleep 100'}",
            words: "cannot connect to rtsp://10.77.0.2:8554: connection refused"),
    ])
    func `A session that does not come about is said to`(_ fault: Fault) throws {
        let place = try Workplace()
        let run = try Self.run(Self.scenario(fault.rtsp, fault.end), in: place)
        #expect(run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let text = "\(run.outputText)\(run.errorText)"
        #expect(text.contains(fault.words), "\(text)")
    }

    /// Another installation, whose RTSP server is started by a script.
    private static func program(startingServerBy script: String, at place: Workplace) throws -> String {
        let netlab = try InstalledProgram.shared.path(withWorkersBeside: "true", at: place)
        let server = "\(Directory.parent(of: netlab))/netlab-rtsp"
        try Shell.run("mv \(server) \(server)-itself")
        try File.write("#!/bin/sh\n\(script)\nexec \(server)-itself \"$@\"\n", to: server)
        try Shell.run("chmod 755 \(server)")
        return netlab
    }

    @Test(arguments: [("pull", "sender"), ("push", "receiver")])
    func `A port that is taken is said to be`(mode: String, role: String) throws {
        let place = try Workplace()
        let squatter =
            "python3 -c 'import socket, time; s = socket.create_server((\"\", 8554)); time.sleep(60)' &\nsleep 1"
        let program = try Self.program(startingServerBy: squatter, at: place)
        let run = try Self.run(Self.scenario("mode: \(mode)"), in: place, by: program)
        #expect(run.status == .exited(2))
        let text = "\(run.outputText)\(run.errorText)"
        #expect(text.contains("the \(role) did not get ready") && text.contains("port 8554"), "\(text)")
        #expect(text.contains("Address already in use"), "\(text)")
    }

    @Test(arguments: [("transport: tcp, mode: push", "netlab-rtsp"), ("transport: udp, mode: push", "netlab-rtsp")])
    func `A server that dies while it is pushed to leaves what came until then`(rtsp: String, victim: String) throws {
        let place = try Workplace()
        let killer = "sleep 2; kill -9 $(pidof \(victim))"
        let program = try InstalledProgram.shared.path(withWorkersBeside: killer, at: place)
        let run = try Self.run(Self.scenario(rtsp), in: place, by: program)
        #expect(run.status == .exited(2))
        let text = "\(run.outputText)\(run.errorText)"
        #expect(text.contains("the receiver did not reach the end: killed by signal 9"), "\(text)")
        #expect(try #require(place.result("test").media(.video)).complete > 5)
    }

    @Test(arguments: RTSPPlan.Transport.allCases)
    func `A publisher that is cut leaves what came until then`(transport: RTSPPlan.Transport) throws {
        let place = try Workplace()
        let killer = "sleep 2; kill -9 $(grep -lx sender /proc/[0-9]*/comm | tr -dc '0-9\\n')"
        let program = try InstalledProgram.shared.path(withWorkersBeside: killer, at: place)
        let run = try Self.run(
            Self.scenario("transport: \(transport.rawValue), mode: push"), in: place, by: program)
        #expect(run.status == .exited(2))
        let text = "\(run.outputText)\(run.errorText)"
        #expect(text.contains("the sender did not reach the end: killed by signal 9"), "\(text)")
        let result = try place.result("test")
        #expect(try #require(result.media(.video)).complete > 5)
        #expect(try place.latest("test").has(RunFolder.receivedUnits))
    }

    @Test(arguments: ["transport: udp", "transport: tcp", "transport: udp, mode: push", "transport: tcp, mode: push"])
    func `A receiver that never gets a frame ends all the same`(rtsp: String) throws {
        let place = try Workplace()
        let outage = "\ntimeline:\n  - {at: 1ms, downlink: {down: true}}\n"
        let run = try Self.run(Self.scenario(rtsp) + outage, in: place)
        #expect(run.status == .success || run.status == .exited(2), "\(run.outputText)\(run.errorText)")
        let result = try place.result("test")
        // A first frame of sound may have left by then.
        #expect(result.media(.video)?.complete == 0 && result.media(.audio)?.complete ?? 0 <= 1)
        #expect(result.player?.startup == nil && result.player?.dropped == 75)
        #expect(result.run.warnings.contains { $0.contains("cannot ask for") } == rtsp.contains("push"))
    }
}
