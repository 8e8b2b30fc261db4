package import LabModel

/// The RTP and RTCP of any capture.
package enum CaptureAnalysis {
    /// Reads `frames` to the end and reports every RTP stream that is found, with what RTCP says.
    ///
    /// - Parameter streams: what the senders say of their streams; where there is nothing, clock rates come from the
    ///   static payload types, or from how fast the timestamps go.
    package static func analyze(_ frames: any FrameSource, streams: [StreamFacts] = []) -> RTPReport {
        var analyzer = RTPAnalyzer(streams: streams)
        frames.forEach { analyzer.add($0) }
        return analyzer.finish(damage: frames.damage)
    }
}
