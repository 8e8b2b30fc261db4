internal import LabModel

/// AV1 in RTP (RTP Payload Format For AV1, version 1.0).
struct AV1Reader: PayloadReader {
    private var starts: Int64 = 0
    private var whole: Int64 = 0
    private var parts: Int64 = 0
    private var units = NamedCounts(16)

    private static let sequenceHeader: UInt8 = 1
    /// What a frame begins with: sequence header, temporal delimiter, frame header, frame.
    private static let heads: Set<UInt8> = [1, 2, 3, 6]

    var isCertain: Bool { units[Int(Self.sequenceHeader)] > 0 && starts > 0 }

    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks? {
        guard payload.count >= 2, let header = payload.byte(at: 0), header & 0x07 == 0 else { return nil }
        let continues = header & 0x80 != 0
        // N: the first packet of a coded video sequence, which cannot begin in the middle.
        let begins = header & 0x08 != 0
        guard !(continues && begins), let first = readUnits(payload, header) else { return nil }
        if begins { starts += 1 }
        if header & 0xc0 == 0 { whole += 1 } else { parts += 1 }
        return PayloadMarks(begins: !continues && Self.heads.contains(first), isKey: begins)
    }

    /// Reads the OBU elements behind the aggregation header; the type that the first has where it begins here, and `nil`
    /// where they do not fit.
    private mutating func readUnits(_ payload: UnsafeRawBufferPointer, _ header: UInt8) -> UInt8? {
        var first: UInt8 = 0
        let count = Int(header >> 4 & 3)
        var place = 1
        var number = 0
        while place < payload.count, count == 0 || number < count {
            number += 1
            var length = payload.count - place
            // Where the number of elements is said, the last has no length.
            if count != number {
                guard let (value, bytes) = Self.length(payload.part(from: place)) else { return nil }
                (length, place) = (value, place + bytes)
            }
            guard length > 0, place + length <= payload.count else { return nil }
            if number > 1 || header & 0x80 == 0 {
                guard payload[place] & 0x81 == 0 else { return nil }
                let type = payload[place] >> 3 & 0x0f
                if number == 1 { first = type }
                units.count(Int(type))
            }
            place += length
        }
        return number > 0 ? first : nil
    }

    /// leb128 (AV1 specification section 4.10.5), of at most five bytes here.
    private static func length(_ bytes: UnsafeRawBufferPointer) -> (value: Int, bytes: Int)? {
        var value = 0
        for index in 0..<5 {
            guard let byte = bytes.byte(at: index) else { return nil }
            value |= Int(byte & 0x7f) << (7 * index)
            if byte & 0x80 == 0 { return (value, index + 1) }
        }
        return nil
    }

    mutating func report(into report: inout PayloadReport) {
        report.packets = [.init("whole OBUs", whole), .init("with a part of an OBU", parts)]
        report.units = units.named { type in
            switch type {
            case 1: "sequence header"
            case 2: "temporal delimiter"
            case 3: "frame header"
            case 4: "tile group"
            case 5: "metadata"
            case 6: "frame"
            case 7: "redundant frame header"
            case 8: "tile list"
            case 15: "padding"
            default: "type \(type)"
            }
        }
    }
}
