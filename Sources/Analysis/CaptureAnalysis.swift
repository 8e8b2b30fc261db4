package import LabModel

/// The RTP and RTCP of any capture.
package enum CaptureAnalysis {
    /// Reads `frames` to the end and reports every RTP stream that is found, with what RTCP says.
    ///
    /// - Parameter streams: what the senders say of their streams; where there is nothing, clock rates come from the
    ///   static payload types, or from how fast the timestamps go.
    /// - Parameter payloads: what payload types stand for, where it is known; else a session description in the capture
    ///   says it, or the payloads do.
    package static func analyze(
        _ frames: any FrameSource, streams: [StreamFacts] = [], payloads: [UInt8: PayloadFormat] = [:]
    ) -> RTPReport {
        var analyzer = RTPAnalyzer(streams: streams, payloads: PayloadMap(asked: payloads))
        var finder = TransportStreamFinder()
        frames.forEach { frame in
            guard let packet = NetworkPacket(frame) else { return analyzer.addUnreadable() }
            if case .other = analyzer.add(packet, at: frame.time) { finder.add(packet, at: frame.time) }
        }
        var report = analyzer.finish(damage: frames.damage)
        let found = finder.finish()
        report.transportStreams = found.isEmpty ? nil : found
        return report
    }
}
