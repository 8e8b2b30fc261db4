import LabModel
import Testing

@testable import Analysis

/// What the stream took of the link.
@Suite struct WireTests {
    static func link(_ loss: Double = 0) -> Impairment {
        Impairment(
            rate: Rate(bitsPerSecond: 10_000_000), queue: .time(.milliseconds(100)), delay: .milliseconds(20),
            loss: loss > 0 ? .independent(Probability(clamping: loss)) : .none)
    }

    @Test(arguments: [0, 0.02])
    func `accounts for every byte of the downlink`(loss: Double) throws {
        let run = try SimulatedRun(["loss=\(loss)"], link: Self.link(loss))
        let result = try run.analyze()
        let wire = try #require(result.wire)
        let link = try #require(result.link(.downlink))
        #expect(wire.downlink.packets == link.sentPackets)
        #expect(wire.downlink.bytes == link.sentBytes)
        let sent = run.inputs.sent.reduce(0) { $0 + $1.size.bytes }
        #expect(wire.sentMedia?.bytes == sent)
        let parts = wire.parts.reduce(0) { $0 + $1.bytes.bytes }
        let delivered = try #require(wire.deliveredMedia)
        #expect(parts + delivered.bytes == wire.downlink.bytes.bytes)
        // Ethernet, IP, UDP and RTP; RTCP's sender reports are all of the packets without media.
        #expect(wire.bytes(for: .headers)?.bytes == wire.mediaPackets * (14 + 20 + 8 + 12))
        #expect(wire.bytes(for: .control)?.bytes == Int64(20 * (14 + 20 + 8 + 28)))
        #expect(wire.bytes(for: .packaging)?.bytes == 0)
        #expect(wire.bytes(for: .retransmission)?.bytes == 0)
        #expect(wire.bytes(for: .undelivered)?.bytes == sent - delivered.bytes)
        let overhead = try #require(wire.overhead)
        #expect(abs(overhead - (Double(wire.downlink.bytes.bytes) / Double(delivered.bytes) - 1)) < 1e-12)
    }

    @Test func `counts the loss before repair and after it`() throws {
        let result = try SimulatedRun(["loss=0.02"], link: Self.link(0.02)).analyze()
        let wire = try #require(result.wire)
        let streams = try #require(result.received?.streams)
        #expect(wire.mediaPacketsLost == streams.reduce(0) { $0 + $1.missing })
        let lost = result.media.reduce(0) { $0 + $1.lost }
        #expect(result.lossAfterRepair == Double(lost) / Double(result.media.reduce(0) { $0 + $1.sent }))
        // A frame of several packets is lost with any of them.
        #expect(try #require(result.lossAfterRepair) > (try #require(wire.lossBeforeRepair)))
    }

    @Test func `what came from a port is counted once, in whatever order, on each connection`() {
        var extent = StreamExtent(port: TCPFrame.source)
        #expect(extent.bytes == nil)
        let opening: UInt8 = 0x12
        let frames = [
            TCPFrame(sequence: .max - 100, payload: 0, flags: opening),
            // Across the wrap of sequence numbers; out of order, and again.
            TCPFrame(sequence: .max - 99, payload: 100), TCPFrame(sequence: 100, payload: 50),
            TCPFrame(sequence: 0, payload: 100), TCPFrame(sequence: 100, payload: 50),
            // On a port that is used again.
            TCPFrame(sequence: 7000, payload: 0, flags: opening), TCPFrame(sequence: 7001, payload: 30),
        ]
        for frame in frames { _ = frame.read { extent.add($0) } }
        #expect(extent.bytes?.bytes == 280)
    }

    /// Segments of one connection, and how many of their bytes had been sent before.
    struct Segments: CustomTestStringConvertible {
        var testDescription: String
        var sent: [(sequence: UInt32, length: Int)]
        var repeated: [Int]
    }

    @Test(arguments: [
        Segments(testDescription: "in order", sent: [(100, 50), (150, 50)], repeated: [0, 0]),
        Segments(testDescription: "sent again", sent: [(100, 50), (150, 50), (100, 50)], repeated: [0, 0, 50]),
        Segments(testDescription: "partly new", sent: [(100, 50), (120, 50)], repeated: [0, 30]),
        Segments(
            testDescription: "behind a hole that the capture has", sent: [(100, 50), (400, 50)], repeated: [0, 0]),
        Segments(
            testDescription: "over the end of the numbers", sent: [(.max - 19, 40), (20, 10), (.max - 19, 40)],
            repeated: [0, 0, 40]),
        Segments(testDescription: "without payload", sent: [(100, 50), (150, 0), (149, 0)], repeated: [0, 0, 0]),
    ])
    func `finds what TCP sent again`(known: Segments) throws {
        var history = SegmentHistory()
        let repeated = known.sent.map { sequence, length in
            TCPFrame(sequence: sequence, payload: length).read { packet in
                packet.segment.map { history.add($0, of: packet) }
            }
        }
        #expect(repeated == known.repeated)
    }

    @Test func `tells what datagrams of unknown programs are for`() {
        let report: [UInt8] = [0x80, 200, 0, 6] + [UInt8](repeating: 0, count: 24)
        let packet: [UInt8] = [0x80, 96, 0, 1] + [UInt8](repeating: 7, count: 100)
        let other: [UInt8] = [0x47, 0x1f, 0xff, 0x10] + [UInt8](repeating: 0xff, count: 184)
        let read = { (bytes: [UInt8]) in
            bytes.withUnsafeBytes { ForeignFormat().read($0, length: $0.count) }
        }
        #expect(read(report) == DatagramReading(use: .control))
        #expect(read(packet) == DatagramReading(use: .media, header: 12))
        #expect(read(other) == DatagramReading(use: .media))
        #expect(read([]) == DatagramReading(use: .control))
    }

    @Test func `a metric that is absent says why`() throws {
        let result = try SimulatedRun([], link: Self.link()).analyze()
        #expect(result.reasonAbsent("player.startup.request") != nil)
        #expect(result.reasonAbsent("outage.recovery") == "the link had no outage that ended")
        #expect(result.reasonAbsent("rtp.video.loss") == nil)
        for absence in result.absences where Metric.named(absence.figure) != nil {
            #expect(Metric.named(absence.figure)?.read(result) == nil, "\(absence)")
        }
    }
}

/// An Ethernet frame with a segment of TCP.
struct TCPFrame {
    static let source: UInt16 = 5000
    var bytes: [UInt8]

    /// - Parameter flags: ACK where left out.
    init(sequence: UInt32, payload: Int, flags: UInt8 = 0x10) {
        let big = { (value: UInt32) in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) } }
        let total = 40 + payload
        bytes = [UInt8](repeating: 0, count: 12) + [0x08, 0x00]
        bytes += [0x45, 0, UInt8(total >> 8), UInt8(total & 0xff), 0, 0, 0, 0, 64, 6, 0, 0]
        bytes += [10, 0, 0, 1, 10, 0, 0, 2]
        bytes += [0x13, 0x88, 0x17, 0x70] + big(sequence) + big(1) + [0x50, flags, 0xff, 0xff, 0, 0, 0, 0]
        bytes += [UInt8](repeating: 0x55, count: payload)
    }

    func read<Value>(_ body: (NetworkPacket) -> Value?) -> Value? {
        bytes.withUnsafeBytes { bytes in
            let frame = CapturedFrame(
                time: Timestamp(nanoseconds: 0), length: bytes.count, link: .ethernet, bytes: bytes)
            return NetworkPacket(frame).flatMap(body)
        }
    }
}
