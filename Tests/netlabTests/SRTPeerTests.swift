import FoundationEssentials
import LabModel
import LinuxKit
import RunStore
import Testing

/// srt-live-transmit at one end and netlab at the other, in virtual time: what each counts is what the other did.
@Suite struct SRTPeerTests {
    /// What srt-live-transmit prints of one direction (its apps/statswriter.cpp, format json).
    private struct Counts: Decodable {
        var packets: Int64
        var packetsUnique: Int64
        var packetsRetransmitted: Int64
        var packetsLost: Int64
        var packetsDropped: Int64
        var bytes: Int64
    }

    private struct Line: Decodable {
        var timepoint: String
        var send: Counts
        var recv: Counts

        /// When it was said, in seconds since the lab's first hour began: `2000-01-01T00:00:04.240816+0000`.
        var seconds: Double? {
            let parts = timepoint.split(separator: "T").last?.split(separator: "+").first?.split(separator: ":") ?? []
            guard parts.count == 3, let minutes = Double(parts[1]), let seconds = Double(parts[2]) else { return nil }
            return minutes * 60 + seconds
        }
    }

    /// A run with one of its ends, and what it said last.
    private static func run(_ end: String) throws -> (place: Workplace, result: RunResult, said: Line) {
        let place = try Workplace()
        let scenario = try place.scenario(
            """
            seed: 7
            link:
              downlink: {rate: 4mbit, delay: 20ms, queue: 200ms, loss: 3%}
              uplink: {rate: 4mbit, delay: 20ms}
            pipeline:
              protocol: srt
              srt: {latency: 250ms}
              media: {video: {size: 320x180, fps: 25, rate: 800kbit, gop: 1s}, audio: {rate: 64kbit}}
              \(end)
            """)
        let run = try InstalledProgram.shared.run(["run", scenario, "--engine", "virtual", "-q"], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let stats = try File.readText(place.latest("test").file("files/stats.json"))
        let last = try #require(stats.split(separator: "\n").last { $0.hasPrefix("{") })
        return (place, try place.result("test"), try JSONDecoder().decode(Line.self, from: Data(last.utf8)))
    }

    /// Its total figures, again with each packet.
    private static let program = "srt-live-transmit -q -buffering:1 -s 1 -f -pf json -statsout:stats.json"

    @Test func `What it receives is what netlab's sender and the capture say`() throws {
        let (_, result, said) = try Self.run(
            #"receiver: {run: '\#(Self.program) "srt://:$NETLAB_PORT?mode=listener&latency=250" file://con > got.ts', ready: {port: 9000}}"#
        )
        let sent = try #require(result.srt?.sender?.sent)
        let came = try #require(result.repair?.received)
        #expect(said.recv.packets == came.original.packets + came.retransmitted.packets)
        #expect(said.recv.packetsRetransmitted == came.retransmitted.packets && said.recv.packetsRetransmitted > 0)
        #expect(said.recv.packetsUnique == sent.unique && said.recv.packetsDropped == 0)
        // libsrt counts 44 bytes of headers, a capture the 14 of Ethernet too.
        #expect(
            said.recv.bytes == came.original.bytes.bytes + came.retransmitted.bytes.bytes - 14 * said.recv.packets)
        let left = try #require(result.repair?.sent)
        #expect(said.recv.packetsLost == left.original.packets - came.original.packets)
        let file = try #require(result.programs?.files.first { $0.media != nil })
        #expect(file.media == "h264 320x180, aac 48000 Hz", "\(file)")
    }

    /// What it reads before it is connected is lost, and of its input only whole pieces of 1456 bytes count, cut anywhere:
    /// null packets of MPEG-TS are behind the media. What it says last it says before it has sent all of these.
    @Test func `What it sends is what netlab's receiver and the capture say`() throws {
        let padding = #"for i in $(seq 14); do printf "\107\037\377\020"; head -c 184 /dev/zero; done"#
        let media = #"ffmpeg -v error -re -i "$NETLAB_MEDIA" -c copy -f mpegts -flush_packets 1 -"#
        let (place, result, said) = try Self.run(
            #"sender: {run: '{ sleep 0.3; \#(media); sleep 0.3; \#(padding); sleep 0.3; } | \#(Self.program) file://con "srt://$NETLAB_RECEIVER:$NETLAB_PORT?mode=caller&latency=250"'}"#
        )
        let received = try #require(result.srt?.receiver?.received)
        let left = try #require(result.repair?.sent)
        let end = try #require(said.seconds)
        let captured = try Self.data(in: place.latest("test").file(RunFolder.senderCapture), until: end)
        #expect(said.send.packets == captured.all && said.send.packetsUnique == captured.all - captured.again)
        #expect(captured.all > 200 && received.unique == left.original.packets)
        #expect(said.send.packetsRetransmitted == left.retransmitted.packets && said.send.packetsRetransmitted > 0)
        #expect(received.lost > 0 && received.dropped == 0 && said.send.packetsDropped == 0)
        #expect(result.media.map(\.sent) == [75, 141])
        #expect(result.media.allSatisfy { $0.complete == $0.sent }, "\(result.media)")
    }

    /// The data packets that a capture has up to a time of the lab's first hour, as tshark reads them: all, and those that
    /// are marked as sent again (draft-sharabayko-srt-01 section 3.1).
    private static func data(in capture: String, until end: Double) throws -> (all: Int64, again: Int64) {
        let lines = try Shell.run(
            "tshark -r \(capture) -Y 'udp.dstport == 9000' -T fields -e frame.time_epoch -e udp.payload"
        ).outputText.split(separator: "\n")
        var count: (all: Int64, again: Int64) = (0, 0)
        for line in lines {
            let fields = line.split(separator: "\t")
            guard fields.count == 2, let time = Double(fields[0]) else { continue }
            let bytes = [0, 8].map { UInt8(fields[1].dropFirst($0).prefix(2), radix: 16) ?? 0xFF }
            guard time.truncatingRemainder(dividingBy: 3600) <= end, bytes[0] & 0x80 == 0 else { continue }
            count.all += 1
            count.again += bytes[1] & 0x04 == 0 ? 0 : 1
        }
        return count
    }
}
