extension H264Reader {
    /// A sequence parameter set (H.264 section 7.3.2.1.1): profile, level, size.
    static func describe(_ body: UnsafeRawBufferPointer) -> String {
        var bits = BitReader(unescaping: body)
        let profile = bits.bits(8)
        let constraints = bits.bits(8)
        let level = bits.bits(8)
        let name = "\(profileName(profile, constraints)) \(level / 10).\(level % 10)"
        guard let size = size(&bits, profile: profile) else { return name }
        return "\(name), \(size.width)x\(size.height)"
    }

    private static func profileName(_ profile: Int, _ constraints: Int) -> String {
        switch profile {
        case 66: constraints & 0x40 != 0 ? "Constrained Baseline" : "Baseline"
        case 77: "Main"
        case 88: "Extended"
        case 100: "High"
        case 110: "High 10"
        case 122: "High 4:2:2"
        case 244: "High 4:4:4 Predictive"
        default: "profile \(profile)"
        }
    }

    private static let chromaProfiles: Set = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

    private static func size(_ bits: inout BitReader, profile: Int) -> (width: Int, height: Int)? {
        _ = bits.golomb()
        var chroma = 1
        if chromaProfiles.contains(profile) {
            chroma = bits.golomb()
            if chroma == 3 { _ = bits.flag() }
            _ = (bits.golomb(), bits.golomb(), bits.flag())
            // Scaling lists are rare, and long to read.
            if bits.flag() { return nil }
        }
        skipOrder(&bits)
        _ = (bits.golomb(), bits.flag())
        let columns = bits.golomb() + 1
        let rows = bits.golomb() + 1
        let isProgressive = bits.flag()
        if !isProgressive { _ = bits.flag() }
        _ = bits.flag()
        let fields = isProgressive ? 1 : 2
        var (width, height) = (columns * 16, rows * 16 * fields)
        if bits.flag() {
            let unit = (x: chroma == 1 || chroma == 2 ? 2 : 1, y: (chroma == 1 ? 2 : 1) * fields)
            width -= (bits.golomb() + bits.golomb()) * unit.x
            height -= (bits.golomb() + bits.golomb()) * unit.y
        }
        return bits.isPast || width <= 0 || height <= 0 ? nil : (width, height)
    }

    /// `log2_max_frame_num` and what is said of the picture order.
    private static func skipOrder(_ bits: inout BitReader) {
        _ = bits.golomb()
        switch bits.golomb() {
        case 0: _ = bits.golomb()
        case 1:
            _ = (bits.flag(), bits.signedGolomb(), bits.signedGolomb())
            for _ in 0..<min(bits.golomb(), 255) { _ = bits.signedGolomb() }
        default: break
        }
    }
}
