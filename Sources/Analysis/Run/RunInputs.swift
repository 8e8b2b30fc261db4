package import LabModel

/// What a run directory holds beside its captures; what is missing there is empty here.
package struct RunInputs: Sendable {
    package var plan: Plan
    package var run: RunRecord
    package var streams: [StreamFacts] = []
    package var sent: [SentUnit] = []
    /// What the receiver put together; wanted where the streams have no RTP packets of their own.
    package var received: [ReceivedUnit] = []
    package var rtspSessions: [RTSPSession] = []
    package var rtspServer: [RTSPServerCount] = []
    package var frameMarks: [FrameMark] = []
    package var soundMarks: [SoundMark] = []
    /// Those of the second camera and further ones, by its number.
    package var furtherFrameMarks: [Int: [FrameMark]] = [:]
    package var furtherSoundMarks: [Int: [SoundMark]] = [:]
    /// What an HTTP client wrote down; of other receivers nothing.
    package var httpRequests: [HTTPRequest] = []
    package var adaptations: [Adaptation] = []
    /// What the HTTP server wrote down.
    package var originRequests: [OriginRequest] = []
    package var httpClient: HTTPClientSummary?
    package var queue: [QueueSample] = []
    package var tcp: [TCPSample] = []
    package var rtmp: [RTMPSample] = []
    /// What libsrt told at each end.
    package var srt: [CaptureFacts.Point: [SRTSample]] = [:]
    /// What programs of the user's own wrote.
    package var files: [WrittenFile] = []
    /// What librist told at each end.
    package var rist: [CaptureFacts.Point: [RISTSample]] = [:]
    /// Another player than the plan's.
    package var player: PlayerPolicy?
    /// Files that should be there and are not, or cannot be read, and why.
    package var absences: [String] = []

    package init(plan: Plan, run: RunRecord) {
        self.plan = plan
        self.run = run
    }

    func facts(_ kind: MediaKind) -> StreamFacts? { streams.first { $0.stream == kind } }

    /// From 1; a run without cameras has one.
    var cameras: [Int] { Set(streams.map { $0.camera ?? 1 }).sorted() }

    /// What is left where there is only one camera.
    func only(camera: Int) -> RunInputs {
        var inputs = self
        inputs.streams.removeAll { ($0.camera ?? 1) != camera }
        inputs.sent.removeAll { ($0.camera ?? 1) != camera }
        if camera > 1 {
            inputs.frameMarks = furtherFrameMarks[camera] ?? []
            inputs.soundMarks = furtherSoundMarks[camera] ?? []
        }
        return inputs
    }
}

/// The times of a run that analysis goes by.
struct RunTimes {
    /// Presentation time 0 leaves the sender.
    var origin: Timestamp
    var stream: Range<Timestamp>
    /// All that series show, probes and drain included.
    var all: Range<Timestamp>

    /// - Parameter first: the captures' first frame, which stands in where the stream never started.
    init(_ run: RunRecord, plan: Plan, first: Timestamp?) {
        origin = run.streamStart ?? first ?? Timestamp(nanoseconds: 0)
        let end = max(run.streamEnd ?? origin + plan.duration, origin)
        stream = origin..<(run.streamStart == nil ? origin : end)
        let start = ([origin] + run.probes.map(\.started) + (first.map { [$0] } ?? [])).min() ?? origin
        // A capture with one frame of another year must not stretch the charts.
        all = max(start, origin - .seconds(3600))..<end + .seconds(5)
    }
}
