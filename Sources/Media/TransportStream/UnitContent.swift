internal import CAV
internal import LabModel

/// An access unit as it is stored and compared: what a container adds to it, such as delimiters and headers, taken off.
enum UnitContent {
    /// H.264 and H.265 with start codes of four bytes and without access unit delimiters, AAC without ADTS headers.
    static func plain(_ bytes: [UInt8], codec: String) -> [UInt8] {
        switch codec {
        case "h264": NetworkUnits.joined(bytes) { $0 & 0x1F == 9 }
        case "hevc": NetworkUnits.joined(bytes) { $0 >> 1 & 0x3F == 35 }
        case "aac": withoutHeader(bytes)
        default: bytes
        }
    }

    /// A plain unit of H.264 or H.265 without parameter sets, which muxers move, repeat and leave out.
    static func bare(_ plain: [UInt8], codec: String) -> [UInt8] {
        switch codec {
        case "h264": NetworkUnits.joined(plain) { (7...8).contains($0 & 0x1F) }
        case "hevc": NetworkUnits.joined(plain) { (32...34).contains($0 >> 1 & 0x3F) }
        default: plain
        }
    }

    /// CRC-32 of the plain unit.
    static func checksum(_ plain: [UInt8]) -> UInt32 {
        av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), UInt32.max, plain, plain.count) ^ UInt32.max
    }

    /// ISO/IEC 14496-3, 1.A.2.2: seven bytes, nine with a checksum.
    private static func withoutHeader(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.count > 9, bytes[0] == 0xFF, bytes[1] & 0xF6 == 0xF0 else { return bytes }
        return Array(bytes.dropFirst(bytes[1] & 1 == 1 ? 7 : 9))
    }
}
