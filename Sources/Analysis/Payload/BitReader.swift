/// Bits of a payload, the highest of each byte first; beyond the end they are zero and `isPast` says so.
struct BitReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The payload of a NAL unit without the bytes that keep start codes out of it (H.264 section 7.4.1).
    init(unescaping bytes: UnsafeRawBufferPointer) {
        var plain: [UInt8] = []
        var zeros = 0
        for byte in bytes.prefix(256) {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            plain.append(byte)
        }
        self.bytes = plain
    }

    var isPast: Bool { place > bytes.count * 8 }

    mutating func bits(_ count: Int) -> Int {
        (0..<count).reduce(0) { value, _ in value << 1 | bit() }
    }

    mutating func flag() -> Bool { bit() == 1 }

    /// An Exp-Golomb code (H.264 section 9.1), of at most 31 bits.
    mutating func golomb() -> Int {
        var zeros = 0
        while zeros < 31, !isPast, bit() == 0 { zeros += 1 }
        return (1 << zeros) - 1 + bits(zeros)
    }

    /// A signed one.
    mutating func signedGolomb() -> Int {
        let code = golomb()
        return code % 2 == 1 ? (code + 1) / 2 : -(code / 2)
    }

    private mutating func bit() -> Int {
        defer { place += 1 }
        guard place >> 3 < bytes.count else { return 0 }
        return Int(bytes[place >> 3] >> UInt8(7 - place & 7) & 1)
    }
}
