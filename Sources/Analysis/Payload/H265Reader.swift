internal import LabModel

/// H.265 in RTP (RFC 7798), without decoding order numbers.
struct H265Reader: PayloadReader {
    private var kinds = NamedCounts(64)
    private var units = NamedCounts(64)
    private var slices: Int64 = 0
    private var firstSlices: Int64 = 0
    private var parameters: [String] = []
    private var fragments: Int64 = 0

    private static let aggregation: UInt8 = 48
    private static let fragment: UInt8 = 49

    var isCertain: Bool { units[33] + units[19] + units[20] + fragments > 0 }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        // The header's forbidden bit is zero, its temporal id plus 1 is not; more layers than one are rare.
        guard payload.count >= 3, payload[0] & 0x81 == 0, payload[1] >> 3 == 0, payload[1] & 7 > 0 else { return nil }
        let type = payload[0] >> 1
        var marks = PayloadMarks()
        switch type {
        case 0...47: note(type, payload.part(from: 2), &marks)
        case Self.aggregation: guard readAggregation(payload, &marks) else { return nil }
        case Self.fragment: guard readFragment(payload, &marks) else { return nil }
        case 50: break
        default: return nil
        }
        kinds.count(Int(type))
        return marks
    }

    private mutating func readAggregation(_ payload: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) -> Bool {
        var place = 2
        while let size = payload.bigEndian16(at: place), size > 0 {
            let unit = payload.part(from: place + 2, length: Int(size))
            if let header = unit.byte(at: 0) { note(header >> 1 & 0x3f, unit.part(from: 2), &marks) }
            place += 2 + Int(size)
        }
        return place >= payload.count
    }

    private mutating func readFragment(_ payload: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) -> Bool {
        let header = payload[2]
        guard header & 0x3f < 48, header & 0xc0 != 0xc0 else { return false }
        marks.isKey = (16...21).contains(header & 0x3f)
        guard header & 0x80 != 0 else { return true }
        fragments += 1
        note(header & 0x3f, payload.part(from: 3), &marks)
        return true
    }

    private mutating func note(_ type: UInt8, _ body: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) {
        units.count(Int(type))
        switch type {
        case 0...9, 16...21:
            slices += 1
            marks.slices &+= 1
            if type >= 16 { marks.isKey = true }
            // `first_slice_segment_in_pic_flag`.
            if let first = body.byte(at: 0), first & 0x80 != 0 {
                firstSlices += 1
                marks.begins = true
            }
        case 33:
            let text = Self.describe(body)
            if parameters.count < 8, !parameters.contains(text) { parameters.append(text) }
        case 32, 35: marks.begins = true
        default: break
        }
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = kinds.named { [48: "AP", 49: "FU", 50: "PACI"][$0] ?? "single NAL unit" }.summed
        report.units = units.named(Self.name)
        (report.slices, report.firstSlices, report.parameters) = (slices, firstSlices, parameters)
    }

    /// A sequence parameter set (H.265 section 7.3.2.2): profile, tier, level, size.
    private static func describe(_ body: UnsafeRawBufferPointer) -> String {
        var bits = BitReader(unescaping: body)
        _ = bits.bits(4)
        let layers = bits.bits(3)
        _ = bits.bits(1 + 2)
        let isHigh = bits.flag()
        let profile = bits.bits(5)
        _ = (bits.bits(32), bits.bits(48))
        let level = bits.bits(8)
        let names = [1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Range Extensions"]
        let tier = isHigh ? ", High tier" : ""
        let name = "\(names[profile] ?? "profile \(profile)") \(level / 30).\(level % 30 / 3)\(tier)"
        // Sublayers would come first.
        guard layers == 0 else { return name }
        _ = bits.golomb()
        let chroma = bits.golomb()
        if chroma == 3 { _ = bits.flag() }
        var (width, height) = (bits.golomb(), bits.golomb())
        if bits.flag() {
            width -= (bits.golomb() + bits.golomb()) * (chroma == 1 || chroma == 2 ? 2 : 1)
            height -= (bits.golomb() + bits.golomb()) * (chroma == 1 ? 2 : 1)
        }
        return bits.isPast ? name : "\(name), \(width)x\(height)"
    }

    /// H.265 table 7-1.
    private static func name(_ type: Int) -> String {
        switch type {
        case 0, 1: "TRAIL"
        case 2, 3: "TSA"
        case 4, 5: "STSA"
        case 6, 7: "RADL"
        case 8, 9: "RASL"
        case 16...18: "BLA"
        case 19: "IDR_W_RADL"
        case 20: "IDR_N_LP"
        case 21: "CRA"
        case 32: "VPS"
        case 33: "SPS"
        case 34: "PPS"
        case 35: "access unit delimiter"
        case 38: "filler data"
        case 39, 40: "SEI"
        default: "type \(type)"
        }
    }
}
