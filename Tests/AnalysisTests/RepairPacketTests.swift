import LabModel
import Testing

@testable import Analysis

/// Headers by hand, from draft-sharabayko-srt-01 section 3.
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
}
