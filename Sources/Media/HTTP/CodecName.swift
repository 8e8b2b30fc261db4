internal import LabModel

/// What a stream is coded with, as manifests name it (RFC 6381).
enum CodecName {
    /// Nil for what HTTP's containers do not carry here.
    ///
    /// - Parameter inBand: whether parameter sets come with the units alone, as in fragments that `FragmentMuxer` makes.
    static func of(_ stream: MediaSource.Stream, inBand: Bool) -> String? {
        let extradata = stream.parameters.extradata
        switch stream.parameters.codec {
        case "h264":
            // profile_idc, the constraints and level_idc of the sequence parameter set.
            guard let set = NetworkUnits.units(extradata).first(where: { extradata[$0.lowerBound] & 0x1F == 7 }),
                set.count > 3
            else { return nil }
            let profile = Hexadecimal.text(Array(extradata[set.lowerBound + 1...set.lowerBound + 3]))
            return "\(inBand ? "avc3" : "avc1").\(profile)"
        case "aac":
            // ISO/IEC 14496-3, 1.6.2.1: the audio object type is in the first five bits.
            return extradata.first.map { "mp4a.40.\($0 >> 3)" }
        case "opus": return "opus"
        default: return nil
        }
    }
}
