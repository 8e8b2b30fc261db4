import Analysis
import Capture
import LabModel
import RunStore

/// What a run directory shows: its files read, as many as there are, and analyzed.
struct RunExamination {
    private let directory: RunDirectory
    private var inputs: RunInputs

    /// - Parameter plan: the run's, or one with another player.
    init(_ directory: RunDirectory, _ plan: Plan, _ record: RunRecord) {
        self.directory = directory
        inputs = RunInputs(plan: plan, run: record)
        guard record.streamStart != nil else { return }
        if plan.pipeline.knowsUnits { readUnits(plan.pipeline) }
        if directory.has(RunFolder.fileFacts) { inputs.files = value([WrittenFile].self, RunFolder.fileFacts) ?? [] }
        if directory.has(RunFolder.rtmp) { inputs.rtmp = lines(RTMPSample.self, RunFolder.rtmp) }
        // Runs of a netlab that did not read it have none.
        if directory.has(RunFolder.tcp) { inputs.tcp = lines(TCPSample.self, RunFolder.tcp) }
        readRepair(plan.pipeline)
        if directory.has(RunFolder.httpRequests) {
            inputs.httpRequests = lines(HTTPRequest.self, RunFolder.httpRequests)
            inputs.adaptations = lines(Adaptation.self, RunFolder.adaptations)
        }
        if directory.has(RunFolder.originRequests) {
            inputs.originRequests = lines(OriginRequest.self, RunFolder.originRequests)
        }
        if directory.has(RunFolder.httpClient) {
            inputs.httpClient = value(HTTPClientSummary.self, RunFolder.httpClient)
        }
        if directory.has(RunFolder.rtspSessions) {
            inputs.rtspSessions = lines(RTSPSession.self, RunFolder.rtspSessions)
        }
        if directory.has(RunFolder.rtspServer) { inputs.rtspServer = lines(RTSPServerCount.self, RunFolder.rtspServer) }
        inputs.queue = lines(QueueSample.self, RunFolder.queue)
    }

    /// What the protocol's library counted. Of an end that is another's nobody can ask.
    private mutating func readRepair(_ plan: PipelinePlan) {
        let ends = [
            (plan.programs?.sender == nil, CaptureFacts.Point.sender, RunFolder.srtSender, RunFolder.ristSender),
            (plan.programs?.receiver == nil, .receiver, RunFolder.srtReceiver, RunFolder.ristReceiver),
        ]
        for case (true, let point, let srt, let rist) in ends {
            if plan.protocol == .srt { inputs.srt[point] = lines(SRTSample.self, srt) }
            if plan.protocol == .rist { inputs.rist[point] = lines(RISTSample.self, rist) }
        }
    }

    /// Of a sender of the user's own.
    private mutating func expectedUnits() -> [SentUnit] {
        let units = lines(ExpectedUnit.self, RunFolder.expectedUnits)
        let start = inputs.run.streamStart ?? Timestamp(nanoseconds: 0)
        return inputs.streams.flatMap { SentUnit.expected(units, of: $0, received: inputs.received, start: start) }
    }

    private mutating func readUnits(_ plan: PipelinePlan) {
        inputs.streams = value([StreamFacts].self, RunFolder.streams) ?? []
        if plan.knowsReception, inputs.streams.contains(where: { $0.rtp == nil }) {
            inputs.received = lines(ReceivedUnit.self, RunFolder.receivedUnits)
        }
        inputs.sent = plan.knowsDepartures ? lines(SentUnit.self, RunFolder.sentUnits) : expectedUnits()
        guard plan.knowsReception else { return }
        let marked = Set(inputs.streams.filter(\.marked).map(\.stream))
        if marked.contains(.video) { inputs.frameMarks = lines(FrameMark.self, RunFolder.frameMarks) }
        if marked.contains(.audio) { inputs.soundMarks = lines(SoundMark.self, RunFolder.soundMarks) }
        for camera in Set(inputs.streams.compactMap(\.camera)) where camera > 1 {
            let frames = RunFolder.received(RunFolder.frameMarks, ofCamera: camera)
            let sounds = RunFolder.received(RunFolder.soundMarks, ofCamera: camera)
            if marked.contains(.video) { inputs.furtherFrameMarks[camera] = lines(FrameMark.self, frames) }
            if marked.contains(.audio) { inputs.furtherSoundMarks[camera] = lines(SoundMark.self, sounds) }
        }
    }

    /// The result without verdict; a capture that is missing or damaged costs what only it could show.
    func result() -> RunResult {
        var inputs = inputs
        let sender = capture(RunFolder.senderCapture, &inputs)
        let receiver = capture(RunFolder.receiverCapture, &inputs)
        let hops = hopCaptures(&inputs)
        let delivered = directory.has(RunFolder.delivered) ? capture(RunFolder.delivered, &inputs) : nil
        return RunAnalysis.analyze(
            inputs, sender: sender, receiver: receiver, delivered: delivered, hops: hops, netlabVersion: Version.current
        )
    }

    /// Of a link of several hops.
    private func hopCaptures(_ inputs: inout RunInputs) -> [HopCaptures] {
        let count = inputs.run.hops.count
        var captures: [HopCaptures] = []
        for hop in 0..<count {
            let ends = [CaptureFacts.Point.sender, .receiver].map { point in
                capture(RunFolder.capture(point, ofHop: hop, of: count), &inputs)
            }
            captures.append(HopCaptures(sender: ends[0], receiver: ends[1]))
        }
        return captures
    }

    private func capture(_ name: String, _ inputs: inout RunInputs) -> CaptureReader? {
        do {
            return try CaptureReader(path: directory.file(name))
        } catch {
            // A run that built no lab has no captures; that it failed is said elsewhere.
            if !inputs.run.captures.isEmpty { inputs.absences.append("\(error)") }
            return nil
        }
    }

    private mutating func value<Value: Decodable>(_ type: Value.Type, _ name: String) -> Value? {
        do {
            return try directory.read(type, from: name)
        } catch {
            inputs.absences.append("\(error)")
            return nil
        }
    }

    private mutating func lines<Value: Decodable>(_ type: Value.Type, _ name: String) -> [Value] {
        do {
            return try directory.readLines(type, from: name)
        } catch {
            inputs.absences.append("\(error)")
            return []
        }
    }
}
