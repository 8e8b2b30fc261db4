internal import LabModel
internal import Media

/// What GStreamer calls the capabilities of an RTP stream, made from its session description (RFC 4566).
enum SessionCaps {
    /// Such as `application/x-rtp, media=(string)video, encoding-name=(string)H264, clock-rate=(int)90000, ...`.
    static func text(of stream: ServedStream) -> String {
        let lines = stream.description.split(whereSeparator: \.isNewline)
        let format = attribute("rtpmap", in: lines).split(separator: "/")
        var fields = [
            "media=(string)\(stream.facts.stream.rawValue)", "clock-rate=(int)\(stream.facts.clockRate)",
            "encoding-name=(string)\(format.first?.uppercased() ?? "")",
        ]
        if format.count > 2 { fields.append("encoding-params=(string)\(format[2])") }
        if let rtp = stream.facts.rtp { fields += ["payload=(int)\(rtp.payloadType)", "ssrc=(uint)\(rtp.ssrc)"] }
        for parameter in attribute("fmtp", in: lines).split(separator: ";") {
            let pair = parameter.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields.append("\(pair[0].lowercased())=(string)\"\(pair[1])\"") }
        }
        return (["application/x-rtp"] + fields).joined(separator: ", ")
    }

    /// Behind `a=NAME:PAYLOAD `.
    private static func attribute(_ name: String, in lines: [Substring]) -> Substring {
        let line = lines.first { $0.hasPrefix("a=\(name):") } ?? ""
        return line.drop { $0 != " " }.dropFirst()
    }
}
