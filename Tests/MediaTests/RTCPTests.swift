import LabModel
import LinuxKit
import Testing

@testable import Media

@Suite struct RTCPTests {
    @Test func `Reports are as RFC 3550 draws them`() {
        let report = RTCP.SenderReport(
            ssrc: 0x0102_0304, ntp: 0x1112_1314_1516_1718, timestamp: 0x2122_2324, packets: 5, octets: 6)
        let expected: [UInt8] = [
            0x80, 200, 0, 6,  // version 2, no blocks; SR; 7 words
            1, 2, 3, 4,  // SSRC
            0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18,  // NTP time
            0x21, 0x22, 0x23, 0x24, 0, 0, 0, 5, 0, 0, 0, 6,  // RTP time, packets, octets
            0x81, 202, 0, 3,  // one chunk; SDES; 4 words
            1, 2, 3, 4, 1, 3, 0x61, 0x40, 0x62, 0, 0, 0,  // SSRC, CNAME of 3 bytes, padding
        ]
        #expect(RTCP.bytes(report, name: "a@b") == expected)
        let block = RTCP.ReportBlock(
            ssrc: 9, fractionLost: 64, cumulativeLost: -2, highestSequence: 0x1_0005, jitter: 7, lastReport: 8,
            sinceLastReport: 65536)
        let bytes = RTCP.bytes(from: 3, block, name: "abc") + RTCP.goodbye(3)
        #expect(
            Array(bytes.prefix(20)) == [
                0x81, 201, 0, 7, 0, 0, 0, 3, 0, 0, 0, 9, 64, 0xFF, 0xFF, 0xFE, 0, 1, 0, 5,
            ])
        #expect(
            RTCP.parse(bytes) == [.receiverReport(ssrc: 3, [block]), .other(type: 202), .goodbye([3])])
        #expect(RTCP.parse(expected) == [.senderReport(report), .other(type: 202)])
    }

    @Test func `NTP time begins in 1900`() {
        let epoch: UInt64 = 2_208_988_800
        #expect(RTCP.ntp(0) == epoch << 32)
        #expect(RTCP.ntp(1_500_000_000) == (epoch + 1) << 32 + 1 << 31)
    }

    @Test func `Hostile packets are read as far as they go`() {
        var random = RepeatableRandom(seed: 9)
        for length in 0..<2000 {
            var bytes = (0..<(length % 97)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if bytes.count > 4 { bytes.replaceSubrange(0..<3, with: [0x80 | bytes[0] & 0x1F, 200 + bytes[1] % 4, 0]) }
            _ = RTCP.parse(bytes)
            _ = RTPHeader(bytes)
            _ = NetworkUnits.isKey(bytes, codec: "h264")
        }
    }

    /// What the sender says on its control port, against what it sent.
    @Test func `Sender reports map the media's clock to the wall's, and BYE is last`() throws {
        let session = try Session(Sample.plan(duration: .seconds(3)))
        let heard = Condition<[(port: Int, time: Int64, part: RTCP.Part)]>([])
        let sockets = try [1, 3].map {
            try DatagramSocket(bindingTo: Relay.address, port: session.firstPort + UInt16($0))
        }
        let listener = try Thread.run(named: "listener") {
            var drops: UInt32 = 0
            while heard.look({ $0.count { if case .goodbye = $0.part { true } else { false } } }) < 2 {
                guard let ready = try? Poll.readable(sockets.map(\.raw), untilMonotonic: nil) else { return }
                for index in 0..<2 where ready[index] {
                    for arrival in (try? sockets[index].receive(drops: &drops)) ?? [] {
                        heard.change { heard in
                            heard += RTCP.parse(arrival.bytes).map { (index, arrival.time, $0) }
                        }
                    }
                }
            }
        }
        let streams = try session.sendOnly(to: Relay.address)
        listener.join()
        let sent = try session.run.readLines(SentUnit.self, from: RunFolder.sentUnits)
        for (index, stream) in streams.enumerated() {
            let parts = heard.look { $0 }.filter { $0.port == index }
            #expect(parts.last?.part == .goodbye([stream.rtp?.ssrc ?? 0]))
            let reports = parts.compactMap { part -> (Int64, RTCP.SenderReport)? in
                if case .senderReport(let report) = part.part { (part.time, report) } else { nil }
            }
            // At 0, 1 and 2 s, and with BYE.
            #expect(reports.count == 4)
            let first = try #require(sent.first { $0.stream == stream.stream })
            for (time, report) in reports {
                let due = first.due.nanoseconds
                let media = Double(report.timestamp &- stream.firstTimestamp) / Double(stream.clockRate)
                let wall = Double(Int64(bitPattern: report.ntp &- RTCP.ntp(due))) / 4_294_967_296
                // To a tick of the clock.
                #expect(abs(media - wall) <= 1 / Double(stream.clockRate))
                #expect(abs(Double(time - due) / 1e9 - wall) < 0.1)
            }
            let units = sent.filter { $0.stream == stream.stream }
            #expect(reports.first?.1.packets == 0)
            #expect(
                reports.last.map { Int64($0.1.packets) } == units.reduce(0) { $0 + $1.packetCount })
        }
    }
}
