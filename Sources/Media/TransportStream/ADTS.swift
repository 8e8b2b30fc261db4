internal import LabModel

/// AAC frames with ADTS headers in a row (ISO/IEC 14496-3, 1.A.2.2): netlab puts each into a PES packet of its own,
/// others put several into one.
enum ADTS {
    struct Frame {
        let bytes: [UInt8]
        /// How much later than the first it is to be heard.
        let delay: Int64
    }

    private static let rates: [Int64] = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
    ]
    private static let samples: Int64 = 1024

    /// Each frame with its header, and its delay in ticks of `clockRate`; the bytes as they are where they are no such frames.
    static func frames(_ bytes: [UInt8], clockRate: Int64) -> [Frame] {
        var frames: [Frame] = []
        var rest = bytes[...]
        var played: Int64 = 0
        while let size = size(rest), size <= rest.count {
            let rate = rates[min(Int(rest[rest.startIndex + 2] >> 2 & 0xF), rates.count - 1)]
            frames.append(Frame(bytes: Array(rest.prefix(size)), delay: played * clockRate / rate))
            played += samples
            rest = rest.dropFirst(size)
        }
        return rest.isEmpty && !frames.isEmpty ? frames : [Frame(bytes: bytes, delay: 0)]
    }

    /// Of the frame at the beginning; nil where none begins.
    private static func size(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count >= 7 else { return nil }
        let header = Array(bytes.prefix(7))
        guard header[0] == 0xFF, header[1] & 0xF6 == 0xF0 else { return nil }
        let size = Int(header[3] & 3) << 11 | Int(header[4]) << 3 | Int(header[5] >> 5)
        return size >= 7 ? size : nil
    }
}
