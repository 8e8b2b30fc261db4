import LabModel
import LinuxKit
import RunStore
import Testing

@testable import Media

/// Foreign clients and the origin on the loopback.
@Suite(.timeLimit(.minutes(2))) struct OriginTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let `protocol`: StreamProtocol
        var container = HTTPPlan.Container.fmp4
    }

    /// None of DASH: ffmpeg's demuxer goes on asking behind the end.
    static let cases = [
        Case(testDescription: "hls of MPEG-TS", protocol: .hls, container: .ts),
        Case(testDescription: "hls of fMP4", protocol: .hls),
        Case(testDescription: "ll-hls", protocol: .llHLS),
    ]

    private static func plan(_ protocol: StreamProtocol, _ container: HTTPPlan.Container = .fmp4) -> Plan {
        var plan = Sample.plan()
        plan.pipeline.protocol = `protocol`
        plan.pipeline.http = HTTPPlan(segment: .seconds(1), container: container)
        return plan
    }

    @Test(arguments: cases)
    func `ffmpeg gets every frame as it was made`(_ test: Case) throws {
        let session = try Session(Self.plan(test.protocol, test.container))
        let origin = try session.serve()
        origin.sleep(until: 1.1)
        let arguments = ["-nostdin", "-v", "error", "-live_start_index", "0", "-i", origin.url + "master.m3u8"]
        let copied = try output(
            of: "ffmpeg",
            arguments + [
                "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-bsf:v", "h264_mp4toannexb", "-f", "framecrc", "-",
            ])
        let frames = try #require(copied).split(separator: "\n").filter { !$0.hasPrefix("#") }
        let ended = try origin.worker.rest().last
        #expect(ended?.ended == true)
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        #expect(sent.count { $0.stream == .video } == 90)
        #expect(frames.count { $0.hasPrefix("0,") } == 90)
        #expect(frames.count { $0.hasPrefix("1,") } == sent.count { $0.stream == .audio })
        let requests = try session.run.readLines(OriginRequest.self, from: RunFolder.originRequests)
        #expect(requests.allSatisfy { $0.whole && $0.status == 200 || $0.status == 404 })
    }

    @Test func `A reload that asks for a part waits until it is there`() throws {
        let session = try Session(Self.plan(.llHLS))
        let origin = try session.serve()
        let playlist = try origin.fetch("v0.m3u8?_HLS_msn=1&_HLS_part=0")
        // The second segment's first 200 ms.
        #expect(playlist.status == 200 && origin.now >= 1.2 && playlist.seconds > 0.5)
        #expect(playlist.body.contains("v0/1.0.m4s\",INDEPENDENT=YES"))
        #expect(try origin.fetch("v0.m3u8?_HLS_msn=9").status == 400)
        try origin.worker.tell("stop")
        _ = try origin.worker.rest()
    }

    @Test func `A segment grows by the clock`() throws {
        let session = try Session(Self.plan(.llDASH))
        let origin = try session.serve()
        origin.sleep(until: 0.25)
        #expect(try origin.fetch("v0/1.m4s").status == 404)
        let growing = try origin.fetch("v0/0.m4s", options: ["-o", "/dev/null"])
        #expect(growing.status == 200 && origin.now >= 1)
        _ = try origin.fetch("v0/0.m4s", options: ["-o", "/dev/null"])
        try origin.worker.tell("stop")
        _ = try origin.worker.rest()
        let requests = try session.run.readLines(OriginRequest.self, from: RunFolder.originRequests)
        let (slow, fast) = (try #require(requests.dropFirst().first), try #require(requests.last))
        #expect(slow.segment == 0 && slow.rendition == "v0" && slow.body == fast.body)
        let firstByte = try #require(slow.firstByte)
        #expect(slow.end - firstByte > .milliseconds(300) && fast.end - fast.time < .milliseconds(300))
    }

    @Test func `What is written down of a request is what curl got`() throws {
        let session = try Session(Self.plan(.hls))
        let origin = try session.serve()
        origin.sleep(until: 1.05)
        var got: [Int] = []
        for path in ["master.m3u8", "v0/init.mp4", "v0/0.m4s", "nothing"] {
            got.append(try origin.fetch(path, options: ["-o", "/dev/null"]).bytes)
        }
        try origin.worker.tell("stop")
        _ = try origin.worker.rest()
        let requests = try session.run.readLines(OriginRequest.self, from: RunFolder.originRequests)
        #expect(requests.map(\.bytes) == got.map { ByteCount(Int64($0)) })
        #expect(requests.map(\.status) == [200, 200, 200, 404])
        #expect(requests.allSatisfy { ($0.request?.bytes ?? 0) > 60 && $0.port > 0 })
    }

    @Test func `A port that is taken is named`() throws {
        let session = try Session(Self.plan(.hls))
        let holder = try StreamSocket.listener(on: Session.senderAddress, port: session.port)
        defer { _ = holder.raw }
        let failure = #expect(throws: Worker.Problem.self) { try session.serve() }
        #expect(failure?.description.contains("port \(session.port): address already in use") == true)
    }

    @Test func `A ladder has the same cuts in each rendition, and units that name theirs`() throws {
        var plan = Self.plan(.hls)
        plan.pipeline.http.ladder = [
            .init(width: 640, height: 360, rate: Rate(bitsPerSecond: 500_000)),
            .init(width: 320, height: 180, rate: Rate(bitsPerSecond: 150_000)),
        ]
        let session = try Session(plan)
        let origin = try session.serve()
        let master = try origin.fetch("master.m3u8").body
        #expect(master.contains("RESOLUTION=640x360") && master.contains("RESOLUTION=320x180"))
        origin.sleep(until: 1.05)
        #expect(try origin.fetch("v1/0.m4s", options: ["-o", "/dev/null"]).status == 200)
        origin.sleep(until: 3.05)
        try origin.worker.tell("stop")
        _ = try origin.worker.rest()
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        let (high, low) = (sent.filter { $0.rendition == "v0" }, sent.filter { $0.rendition == "v1" })
        #expect(high.count == 90 && low.count == 90 && sent.count { $0.stream == .audio } > 140)
        #expect(high.map(\.timestamp) == low.map(\.timestamp) && high.map(\.key) == low.map(\.key))
        #expect(high.reduce(0) { $0 + $1.size.bytes } > 2 * low.reduce(0) { $0 + $1.size.bytes })
    }
}
