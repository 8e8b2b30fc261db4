import LabModel
import Testing

@testable import Analysis

/// Headers by hand, from draft-sharabayko-srt-01 section 3, VSF TR-06-1 and TR-06-2.
@Suite struct RepairPacketTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// The first two words of the header.
        var words: [UInt32]
        /// Of the whole payload.
        var length: Int
        var packet: RepairPacket?
    }

    @Test(arguments: [
        Example(
            testDescription: "data", words: [0x1234_5678, 0xe000_0001], length: 1332,
            packet: RepairPacket(.original, header: 16)),
        Example(
            testDescription: "data sent again", words: [0x1234_5678, 0xe400_0001], length: 1332,
            packet: RepairPacket(.retransmitted, header: 16)),
        Example(
            testDescription: "encrypted data", words: [7, 0xe800_0002], length: 204,
            packet: RepairPacket(.original, header: 16)),
        Example(
            testDescription: "what a filter made of several", words: [7, 0xe000_0000], length: 1332,
            packet: RepairPacket(.correction)),
        Example(
            testDescription: "ACK", words: [0x8002_0000, 1], length: 44,
            packet: RepairPacket(.control)),
        Example(testDescription: "no whole header", words: [1, 1], length: 12, packet: nil),
        Example(testDescription: "nothing", words: [], length: 0, packet: nil),
    ])
    func `An SRT packet's purpose is in its header`(_ example: Example) {
        let bytes = example.words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
        bytes.withUnsafeBytes { #expect(RepairPacket(srt: $0, length: example.length) == example.packet) }
    }

    /// Version 2, payload type 33, number 7, timestamp 9, and an SSRC.
    private static let rtp: [UInt32] = [0x8021_0007, 9, 0x0001_0002]
    private static let again: [UInt32] = [0x8021_0007, 9, 0x0001_0003]
    /// A receiver report.
    private static let rtcp: [UInt32] = [0x80c9_0001, 0x0001_0003, 0]
    /// GRE with a sequence number, reduced overhead, and virtual ports.
    private static let gre: [UInt32] = [0x1000_88b6, 1, 0x07b3_07b0]

    @Test(arguments: [
        Example(
            testDescription: "RTP", words: rtp, length: 1328, packet: RepairPacket(.original, header: 12)),
        Example(
            testDescription: "RTP sent again", words: again, length: 1328,
            packet: RepairPacket(.retransmitted, header: 12)),
        Example(testDescription: "RTCP", words: rtcp, length: 52, packet: RepairPacket(.control)),
        Example(
            testDescription: "RTP in GRE", words: gre + rtp, length: 1340,
            packet: RepairPacket(.original, header: 24)),
        Example(
            testDescription: "RTP in GRE sent again", words: gre + again, length: 1340,
            packet: RepairPacket(.retransmitted, header: 24)),
        Example(testDescription: "RTCP in GRE", words: gre + rtcp, length: 64, packet: RepairPacket(.control)),
        Example(
            testDescription: "a keep-alive in GRE", words: [0x1000_88b5, 1, 0, 0], length: 16,
            packet: RepairPacket(.control)),
        Example(testDescription: "nothing", words: [], length: 0, packet: nil),
    ])
    func `A RIST packet's purpose is in its header`(_ example: Example) {
        let bytes = example.words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) } }
        bytes.withUnsafeBytes { #expect(RepairPacket(rist: $0, length: example.length) == example.packet) }
    }
}
