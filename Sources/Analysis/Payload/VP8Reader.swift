internal import LabModel

/// VP8 in RTP (RFC 7741).
struct VP8Reader: PayloadReader {
    private var begins: Int64 = 0
    private var others: Int64 = 0
    private var keys: Int64 = 0
    private var interFrames: Int64 = 0
    private var partitions: Int64 = 0
    private var sizes: [String] = []

    var isCertain: Bool { !sizes.isEmpty }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        // Bits 1 and 4 of the descriptor are reserved.
        guard let first = payload.byte(at: 0), first & 0x48 == 0, let header = Self.descriptor(payload) else {
            return nil
        }
        var marks = PayloadMarks()
        guard first & 0x10 != 0 else {
            others += 1
            return marks
        }
        partitions += 1
        guard first & 0x07 == 0, let frame = payload.byte(at: header) else {
            others += 1
            return marks
        }
        (marks.begins, marks.isKey) = (true, frame & 1 == 0)
        if marks.isKey {
            guard let size = Self.size(payload.part(from: header)) else { return nil }
            if sizes.count < 8, !sizes.contains(size) { sizes.append(size) }
            keys += 1
        } else {
            interFrames += 1
        }
        begins += 1
        return marks
    }

    /// Length of the payload descriptor (section 4.2).
    private static func descriptor(_ payload: UnsafeRawBufferPointer) -> Int? {
        guard payload[0] & 0x80 != 0 else { return payload.count > 1 ? 1 : nil }
        guard let extensions = payload.byte(at: 1), extensions & 0x0f == 0 else { return nil }
        var length = 2
        if extensions & 0x80 != 0 { length += (payload.byte(at: 2) ?? 0) & 0x80 != 0 ? 2 : 1 }
        if extensions & 0x40 != 0 { length += 1 }
        if extensions & 0x30 != 0 { length += 1 }
        return length < payload.count ? length : nil
    }

    /// A key frame's (RFC 6386 section 9.1), behind its start code.
    private static func size(_ frame: UnsafeRawBufferPointer) -> String? {
        guard frame.count >= 10, frame[3] == 0x9d, frame[4] == 0x01, frame[5] == 0x2a else { return nil }
        let width = Int(frame[7] & 0x3f) << 8 | Int(frame[6])
        let height = Int(frame[9] & 0x3f) << 8 | Int(frame[8])
        return "\(width)x\(height)"
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = [.init("first of a frame", begins), .init("further", others)]
        report.units = [
            .init("key frame", keys), .init("interframe", interFrames), .init("partition start", partitions),
        ]
        report.parameters = sizes
    }
}
