/// The names of what one run leaves on disk, relative to its run directory.
package enum RunFolder {
    /// The scenario's text as it was given.
    package static let scenario = "scenario.yaml"
    package static let plan = "plan.json"
    package static let run = "run.json"
    /// `Event`, one a line.
    package static let events = "events.jsonl"
    /// `QueueSample`, one a line.
    package static let queue = "queue.jsonl"
    /// `TCPSample`, one a line.
    package static let tcp = "tcp.jsonl"
    package static let senderCapture = "captures/sender.pcap"
    package static let receiverCapture = "captures/receiver.pcap"

    /// At one end of a hop: the sender's and the receiver's own where there is nobody before or behind it.
    ///
    /// - Parameters:
    ///   - hop: from 0.
    ///   - count: of all hops.
    package static func capture(_ point: CaptureFacts.Point, ofHop hop: Int, of count: Int) -> String {
        switch point {
        case .sender where hop == 0: senderCapture
        case .receiver where hop == count - 1: receiverCapture
        case .sender, .receiver: "captures/hop\(hop + 1)-\(point.rawValue).pcap"
        }
    }
    /// `[StreamFacts]`.
    package static let streams = "media/streams.json"
    /// `SentUnit`, one a line.
    package static let sentUnits = "media/sent.jsonl"
    /// `ReceivedUnit`, one a line.
    package static let receivedUnits = "media/received.jsonl"
    package static let receivedVideo = "media/received-video.bin"
    package static let receivedAudio = "media/received-audio.bin"
    /// Where a receiver of several has its own: the first as if it were alone, the others with the camera's number.
    ///
    /// - Parameters:
    ///   - name: one of the three above, or of the marks that were found in them.
    ///   - camera: from 1.
    package static func received(_ name: String, ofCamera camera: Int) -> String {
        guard camera > 1, let dot = name.lastIndex(of: ".") else { return name }
        return "\(name[..<dot])-camera-\(camera)\(name[dot...])"
    }

    /// When each access unit is due on its stream's clock, for a receiver that is told no RTP timestamps.
    package static let unitTicks = "media/unit-ticks.json"
    /// `RTMPSample`, one a line.
    package static let rtmp = "media/rtmp.jsonl"
    /// What a server that is no program of netlab's is told and writes down.
    package static let server = "server"
    /// `SRTSample`, one a line.
    package static let srtSender = "media/srt-sender.jsonl"
    package static let srtReceiver = "media/srt-receiver.jsonl"
    /// `RTSPSession`, one a line.
    package static let rtspSessions = "media/rtsp-sessions.jsonl"
    /// `RTSPServerCount`, one a line.
    package static let rtspServer = "media/rtsp-server.jsonl"
    /// `OriginRequest`, one a line.
    package static let originRequests = "media/origin-requests.jsonl"
    /// `RISTSample`, one a line.
    package static let ristSender = "media/rist-sender.jsonl"
    package static let ristReceiver = "media/rist-receiver.jsonl"
    /// What a protocol that repairs gave out at the receiver: a capture of MPEG-TS, each datagram when it came out.
    package static let delivered = "media/delivered.pcap"
    package static let sessionDescription = "media/session.sdp"
    /// `FrameMark`, one a line.
    package static let frameMarks = "media/frame-marks.jsonl"
    /// `SoundMark`, one a line.
    package static let soundMarks = "media/sound-marks.jsonl"
    /// `ExpectedUnit`, one a line: what a sender of the user's own is to send.
    package static let expectedUnits = "media/expected.jsonl"
    /// `HTTPRequest`, one a line: the client's side.
    package static let httpRequests = "media/http-requests.jsonl"
    /// `Adaptation`, one a line.
    package static let adaptations = "media/abr.jsonl"
    /// `HTTPClientSummary`.
    package static let httpClient = "media/http-client.json"
    package static let logs = "logs"
    /// What the user's own programs write.
    package static let files = "files"
    /// `[WrittenFile]`: what is in them.
    package static let fileFacts = "media/files.json"
    package static let result = "result.json"
    package static let report = "report.html"
    package static let junit = "junit.xml"
    package static let summary = "summary.md"

    package static let subfolders = ["captures", "media", "logs"]
}
