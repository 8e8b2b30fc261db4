internal import LabModel

/// What a classic capture file says of its frames before the first (pcap-savefile(5)).
struct ClassicHeader {
    static let size = 24
    /// libpcap's limit (MAXIMUM_SNAPLEN): a longer frame is damage.
    static let longestFrame = 262_144

    /// Written by a machine of the other byte order.
    let isSwapped: Bool
    /// Nanoseconds of one unit of a record's fraction.
    let unit: Int64
    let snapLength: Int
    let link: LinkLayer

    /// `nil` for another format or version.
    init?(_ bytes: UnsafeRawBufferPointer) {
        let word = { (offset: Int) in bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self) }
        switch word(0) {
        case 0xa1b2_c3d4: (isSwapped, unit) = (false, 1000)
        case 0xa1b2_3c4d: (isSwapped, unit) = (false, 1)
        case 0xd4c3_b2a1: (isSwapped, unit) = (true, 1000)
        case 0x4d3c_b2a1: (isSwapped, unit) = (true, 1)
        default: return nil
        }
        let version = bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self)
        guard (isSwapped ? version.byteSwapped : version) == 2 else { return nil }
        let snap = Int(isSwapped ? word(16).byteSwapped : word(16))
        snapLength = snap > 0 && snap <= Self.longestFrame ? snap : Self.longestFrame
        // The upper bits tell of frame check sequences.
        link = LinkLayer(dataLink: Int32((isSwapped ? word(20).byteSwapped : word(20)) & 0x03ff_ffff))
    }
}
