internal import LabModel

/// VP9 in RTP (RFC 9628).
struct VP9Reader: PayloadReader {
    private var begins: Int64 = 0
    private var others: Int64 = 0
    private var keys: Int64 = 0
    private var interFrames: Int64 = 0
    private var sizes: [String] = []

    var isCertain: Bool { !sizes.isEmpty }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard let first = payload.byte(at: 0), let header = Self.descriptor(payload) else { return nil }
        var marks = PayloadMarks()
        // B: a layer's frame begins.
        guard first & 0x08 != 0 else {
            others += 1
            return marks
        }
        let frame = payload.part(from: header)
        // The frame marker of the uncompressed header is 2.
        guard let byte = frame.byte(at: 0), byte >> 6 == 2 else { return nil }
        begins += 1
        marks.begins = true
        // Not every sender sets the descriptor's P: the header says what it is, a bit further in profile 3.
        let type = byte & 0x30 == 0x30 ? byte >> 1 : byte >> 2
        marks.isKey = type & 3 == 0
        if marks.isKey { keys += 1 } else { interFrames += 1 }
        if let size = Self.size(frame), sizes.count < 8, !sizes.contains(size) { sizes.append(size) }
        return marks
    }

    /// Length of the payload descriptor (section 4.2); `nil` where it is none.
    private static func descriptor(_ payload: UnsafeRawBufferPointer) -> Int? {
        let flags = payload[0]
        var length = 1
        if flags & 0x80 != 0 { length += (payload.byte(at: 1) ?? 0) & 0x80 != 0 ? 2 : 1 }
        if flags & 0x20 != 0 { length += flags & 0x10 != 0 ? 1 : 2 }
        if flags & 0x50 == 0x50 {
            // Up to three differences, each of which says whether another follows.
            for _ in 0..<3 {
                guard let difference = payload.byte(at: length) else { return nil }
                length += 1
                if difference & 1 == 0 { break }
            }
        }
        if flags & 0x02 != 0 {
            guard let added = structure(payload.part(from: length)) else { return nil }
            length += added
        }
        return length < payload.count ? length : nil
    }

    /// Length of a scalability structure (section 4.2.1).
    private static func structure(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard let first = bytes.byte(at: 0) else { return nil }
        var length = 1 + (first & 0x10 != 0 ? (Int(first >> 5) + 1) * 4 : 0)
        guard first & 0x08 != 0 else { return length }
        guard let pictures = bytes.byte(at: length) else { return nil }
        length += 1
        for _ in 0..<pictures {
            guard let picture = bytes.byte(at: length) else { return nil }
            length += 1 + Int(picture >> 2 & 3)
        }
        return length
    }

    /// A key frame's (VP9 bitstream specification section 6.2), of profile 0.
    private static func size(_ frame: UnsafeRawBufferPointer) -> String? {
        var bits = BitReader(Array(frame.prefix(16)))
        // Frame marker, profile 0, no existing frame shown, key frame; then two flags and the sync code.
        guard bits.bits(2) == 2, bits.bits(2) == 0, !bits.flag(), !bits.flag() else { return nil }
        _ = bits.bits(2)
        guard bits.bits(24) == 0x498342 else { return nil }
        let colours = bits.bits(3)
        guard colours != 7 else { return nil }
        _ = bits.flag()
        return "\(bits.bits(16) + 1)x\(bits.bits(16) + 1)"
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = [.init("first of a frame", begins), .init("further", others)]
        report.units = [.init("key frame", keys), .init("interframe", interFrames)]
        report.parameters = sizes
    }
}
