internal import LabModel

extension [StreamFacts] {
    /// Those that are RTP streams of their own, by SSRC.
    var bySource: [UInt32: StreamFacts] {
        Dictionary(
            compactMap { facts in facts.rtp.map { ($0.ssrc, facts) } }, uniquingKeysWith: { first, _ in first })
    }
}
