import Testing

@testable import Analysis

/// A frame is known again after one bit of it was turned over, and only then.
@Suite struct FrameCheckTests {
    private let check = FrameCheck(longest: 1514)
    private let frame = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37) }

    private func value(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { check.value(of: $0) } }

    @Test(arguments: [0, 1, 6, 13, 14, 24, 100, 298, 299]) func oneBitIsSeen(byte: Int) {
        for bit in 0..<8 {
            var other = frame
            other[byte] ^= 1 << bit
            #expect(check.differByOneBit(value(frame), value(other)))
        }
    }

    @Test func moreOrNoneAreNot() {
        #expect(!check.differByOneBit(value(frame), value(frame)))
        var other = frame
        for byte in stride(from: 0, to: 300, by: 7) {
            other[byte] ^= 0x11
            #expect(!check.differByOneBit(value(frame), value(other)))
        }
    }

}
