import LabModel
import Testing

@testable import Netlink

/// `struct tcp_info`, which each kernel ends where it knows no more.
@Suite struct TCPInformationTests {
    /// 240 bytes in which each 32-bit word is its own offset.
    private static let numbered: [UInt8] = stride(from: UInt32(0), to: 240, by: 4).flatMap { offset in
        withUnsafeBytes(of: offset.littleEndian) { Array($0) }
    }

    private struct Field: Sendable {
        var name: String
        /// The structure has to have as many bytes.
        var end: Int
        var value: @Sendable (TCPInformation) -> Double?
        var expected: Double

        static func wide(_ low: Int) -> Double { Double(low) + Double(low + 4) * 0x1p32 }
    }

    /// Offsets and ends from linux/tcp.h.
    private static let fields: [Field] = [
        Field(name: "mss", end: 20, value: { ($0.segmentSize?.bytes).map(Double.init) }, expected: 16),
        Field(name: "unacked", end: 28, value: { $0.unacknowledged.map(Double.init) }, expected: 24),
        Field(name: "rtt", end: 72, value: { ($0.roundTrip?.nanoseconds).map(Double.init) }, expected: 68_000),
        Field(name: "ssthresh", end: 80, value: { $0.slowStartThreshold.map(Double.init) }, expected: 76),
        Field(name: "cwnd", end: 84, value: { $0.congestionWindow.map(Double.init) }, expected: 80),
        Field(name: "retrans", end: 104, value: { $0.retransmissions.map(Double.init) }, expected: 100),
        Field(
            name: "pacing", end: 112, value: { ($0.pacingRate?.bitsPerSecond).map(Double.init) },
            expected: Field.wide(104) * 8),
        Field(name: "acked", end: 128, value: { ($0.acknowledged?.bytes).map(Double.init) }, expected: Field.wide(120)),
        Field(name: "notsent", end: 148, value: { ($0.unsent?.bytes).map(Double.init) }, expected: 144),
        Field(
            name: "minrtt", end: 152, value: { ($0.leastRoundTrip?.nanoseconds).map(Double.init) }, expected: 148_000),
        Field(name: "data out", end: 160, value: { $0.dataSegments.map(Double.init) }, expected: 156),
        Field(
            name: "busy", end: 176, value: { ($0.busy?.nanoseconds).map(Double.init) },
            expected: Field.wide(168) * 1000),
        Field(
            name: "sndbuf", end: 192, value: { ($0.limitedByBuffer?.nanoseconds).map(Double.init) },
            expected: Field.wide(184) * 1000),
        Field(
            name: "bytes retrans", end: 216, value: { ($0.retransmitted?.bytes).map(Double.init) },
            expected: Field.wide(208)),
    ]

    @Test(arguments: [0, 16, 104, 160, 192, 232, 240])
    func `A field is read where the kernel has it, and absent where it ends before`(_ length: Int) {
        let information = TCPInformation(kernel: Array(Self.numbered.prefix(length)))
        for field in Self.fields {
            #expect(field.value(information) == (field.end <= length ? field.expected : nil), "\(field.name)")
        }
    }

    @Test func `What nothing has measured or limited yet is absent`() {
        let nothing = TCPInformation(kernel: [UInt8](repeating: 0, count: 232))
        #expect(nothing.roundTrip == nil && nothing.roundTripVariation == nil && nothing.deliveryRate == nil)
        let limitless = TCPInformation(kernel: [UInt8](repeating: 255, count: 232))
        #expect(limitless.slowStartThreshold == nil && limitless.leastRoundTrip == nil && limitless.pacingRate == nil)
    }
}
