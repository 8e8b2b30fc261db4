internal import LabModel

/// What session descriptions (RFC 8866) in a capture say of payload types: in RTSP, SIP, or by themselves.
enum SessionDescription {
    /// Of one segment's or datagram's payload; empty where it is nothing of the kind.
    static func formats(in payload: UnsafeRawBufferPointer) -> [UInt8: PayloadFormat] {
        guard payload.count > 16, beginnings.contains(payload.bigEndian32(at: 0) ?? 0) else { return [:] }
        let text = String(decoding: payload, as: UTF8.self)
        var formats: [UInt8: PayloadFormat] = [:]
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("a=rtpmap:") {
            let words = line.dropFirst(9).split(separator: " ", maxSplits: 1)
            guard words.count == 2, let type = UInt8(words[0]), let name = words[1].split(separator: "/").first,
                let format = PayloadFormat(named: name)
            else { continue }
            formats[type] = format
        }
        return formats
    }

    /// `RTSP`, `v=0` with either end of line, `INVI`, `SIP/`.
    private static let beginnings: Set<UInt32> = [0x5254_5350, 0x763d_300d, 0x763d_300a, 0x494e_5649, 0x5349_502f]
}
