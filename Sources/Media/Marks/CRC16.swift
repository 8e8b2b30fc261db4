/// CRC-16 with DNP's polynomial 0x3D65, first value 0xFFFF, most significant bit first: Hamming distance 6 over the
/// 24 bits that a frame mark protects, the best of the common 16-bit polynomials.
enum CRC16 {
    static func of(_ bytes: [UInt8]) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for byte in bytes {
            crc ^= UInt16(byte) << 8
            for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x3D65 }
        }
        return crc
    }
}
