/// CRC-64 (ECMA-182) of whole frames, to know a frame again of which a single bit was turned over.
///
/// A CRC is linear: the difference of two frames' checks is the check of their difference, so that of two frames of one
/// length that differ by one bit is among a few thousand values, wherever the bit is; other frames meet these by chance
/// once in 2^50.
struct FrameCheck {
    private static let polynomial: UInt64 = 0xc96c_5795_d787_0f42

    private let table: [UInt64]
    /// The differences that a single bit makes, whatever follows it.
    private let singleBits: Set<UInt64>

    /// - Parameter longest: the longest frame, in bytes.
    init(longest: Int) {
        table = (0..<256).map { byte in
            (0..<8).reduce(UInt64(byte)) { value, _ in value >> 1 ^ (value & 1) &* Self.polynomial }
        }
        var difference: UInt64 = 1
        var differences: Set<UInt64> = []
        // From the last bit of a frame, as the shift register takes it, to the first.
        for _ in 0..<longest * 8 {
            difference = difference >> 1 ^ (difference & 1) &* Self.polynomial
            differences.insert(difference)
        }
        singleBits = differences
    }

    func value(of bytes: UnsafeRawBufferPointer) -> UInt64 {
        var value: UInt64 = 0
        for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
        return value
    }

    /// Whether frames of one length with these checks differ by one bit.
    func differByOneBit(_ left: UInt64, _ right: UInt64) -> Bool { singleBits.contains(left ^ right) }
}
