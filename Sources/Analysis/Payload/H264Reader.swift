internal import LabModel

/// H.264 in RTP (RFC 6184): single NAL units, aggregation packets and fragments.
struct H264Reader: PayloadReader {
    private var kinds = NamedCounts(32)
    private var units = NamedCounts(32)
    private var firstSlices: Int64 = 0
    private var parameters: [String] = []
    private var fragments: Int64 = 0

    private static let aggregation: UInt8 = 24
    private static let fragment: UInt8 = 28

    var isCertain: Bool { units[7] + units[5] + fragments > 0 }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard payload.count >= 2, payload[0] & 0x80 == 0 else { return nil }
        var marks = PayloadMarks()
        switch payload[0] & 0x1f {
        case 1...23: take(payload, &marks)
        case Self.aggregation: guard readAggregation(payload, &marks) else { return nil }
        case Self.fragment: guard readFragment(payload, &marks) else { return nil }
        case 25...27, 29: break
        default: return nil
        }
        kinds.count(Int(payload[0] & 0x1f))
        return marks
    }

    private mutating func readFragment(_ payload: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) -> Bool {
        let header = payload[1]
        // Start and end in one packet are forbidden, and so is a fragment of anything but a NAL unit.
        guard (1...23).contains(header & 0x1f), header & 0xc0 != 0xc0 else { return false }
        marks.isKey = header & 0x1f == 5
        guard header & 0x80 != 0 else { return true }
        fragments += 1
        note(header & 0x1f, payload.part(from: 2), &marks)
        return true
    }

    private mutating func readAggregation(_ payload: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) -> Bool {
        var place = 1
        while let size = payload.bigEndian16(at: place), size > 0 {
            take(payload.part(from: place + 2, length: Int(size)), &marks)
            place += 2 + Int(size)
        }
        return place >= payload.count
    }

    /// A whole NAL unit.
    private mutating func take(_ unit: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) {
        guard let header = unit.byte(at: 0) else { return }
        note(header & 0x1f, unit.part(from: 1), &marks)
    }

    /// A NAL unit that begins here; `body` is what follows its header, as far as it is in this packet.
    private mutating func note(_ type: UInt8, _ body: UnsafeRawBufferPointer, _ marks: inout PayloadMarks) {
        units.count(Int(type))
        switch type {
        case 1, 2, 5:
            marks.slices &+= 1
            if type == 5 { marks.isKey = true }
            // `first_mb_in_slice` is an Exp-Golomb code, whose zero is a single bit.
            if let first = body.byte(at: 0), first & 0x80 != 0 {
                firstSlices += 1
                marks.begins = true
            }
        case 7:
            marks.begins = true
            let text = Self.describe(body)
            if parameters.count < 8, !parameters.contains(text) { parameters.append(text) }
        case 9: marks.begins = true
        default: break
        }
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets =
            kinds.named { number in
                switch number {
                case 24: "STAP-A"
                case 25: "STAP-B"
                case 26: "MTAP16"
                case 27: "MTAP24"
                case 28: "FU-A"
                case 29: "FU-B"
                default: "single NAL unit"
                }
            }.summed
        report.units = units.named(Self.name)
        report.slices = units[1] + units[2] + units[5]
        report.firstSlices = firstSlices
        report.parameters = parameters
    }

    /// H.264 table 7-1.
    private static func name(_ type: Int) -> String {
        switch type {
        case 1: "slice"
        case 2, 3, 4: "data partition \(["A", "B", "C"][type - 2])"
        case 5: "IDR slice"
        case 6: "SEI"
        case 7: "SPS"
        case 8: "PPS"
        case 9: "access unit delimiter"
        case 10: "end of sequence"
        case 11: "end of stream"
        case 12: "filler data"
        default: "type \(type)"
        }
    }
}

extension [PayloadReport.Count] {
    /// Those of the same name together, in the order of the first.
    var summed: [PayloadReport.Count] {
        reduce(into: []) { sums, count in
            if let place = sums.firstIndex(where: { $0.name == count.name }) {
                sums[place].count += count.count
            } else {
                sums.append(count)
            }
        }
    }
}
