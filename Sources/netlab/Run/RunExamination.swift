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
        inputs.streams = value([StreamFacts].self, RunFolder.streams) ?? []
        inputs.sent = lines(SentUnit.self, RunFolder.sentUnits)
        if inputs.streams.contains(where: { $0.rtp == nil }) {
            inputs.received = lines(ReceivedUnit.self, RunFolder.receivedUnits)
        }
        if plan.pipeline.protocol == .rtmp { inputs.rtmp = lines(RTMPSample.self, RunFolder.rtmp) }
        // Runs of a netlab that did not read it have none.
        if directory.has(RunFolder.tcp) { inputs.tcp = lines(TCPSample.self, RunFolder.tcp) }
        if plan.pipeline.protocol == .srt {
            inputs.srt = [
                .sender: lines(SRTSample.self, RunFolder.srtSender),
                .receiver: lines(SRTSample.self, RunFolder.srtReceiver),
            ]
        }
        inputs.queue = lines(QueueSample.self, RunFolder.queue)
        let marked = Set(inputs.streams.filter(\.marked).map(\.stream))
        if marked.contains(.video) { inputs.frameMarks = lines(FrameMark.self, RunFolder.frameMarks) }
        if marked.contains(.audio) { inputs.soundMarks = lines(SoundMark.self, RunFolder.soundMarks) }
    }

    /// The result without verdict; a capture that is missing or damaged costs what only it could show.
    func result() -> RunResult {
        var inputs = inputs
        let sender = capture(RunFolder.senderCapture, &inputs)
        let receiver = capture(RunFolder.receiverCapture, &inputs)
        let hops = hopCaptures(&inputs)
        return RunAnalysis.analyze(
            inputs, sender: sender, receiver: receiver, hops: hops, netlabVersion: Version.current)
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
