internal import LabModel
internal import LinuxKit
internal import RunStore

/// Receives a session over RTP with receiver reports, and stores the access units as they come.
package final class RTPReceiver: StreamReceiver {
    private let run: RunDirectory
    private let streams: [ReceivingStream]
    /// What came since the depacketiser was last woken, which costs as much as its work on many packets.
    private var gathered: [Depacketizer.Item] = []
    private let linger: Int64
    private let duration: TimeSpan
    private var progress: ProgressMeter
    /// When something came last (monotonic, ns); nil before the first packet.
    private var lastNews: Int64?

    /// Opens the sockets of the session that `media/streams.json` tells of.
    ///
    /// - Parameter linger: how long to wait for more when nothing comes any more and no BYE came.
    package init(run path: String, bind: String, linger: Int64) throws {
        run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let facts = try run.read([StreamFacts].self, from: RunFolder.streams)
        let session = try File.readText(run.file(RunFolder.sessionDescription))
        let sender = SessionDescription.origin(of: session) ?? bind
        streams = try facts.compactMap { facts in
            guard let rtp = facts.rtp, let port = rtp.port else { return nil }
            return try ReceivingStream(facts, rtp, port: port, bind: bind, sender: sender)
        }
        progress = ProgressMeter(plan, facts)
        self.linger = linger
        duration = plan.duration
    }

    /// Receives until every stream has said BYE, `stop` comes, or nothing comes any more; all is on disk then.
    package func receive(_ control: WorkerControl) throws {
        let depacketizer = try DepacketizerThread(run, streams: streams.map(\.facts))
        let (heard, ringer) = try FileDescriptor.pipe().release()
        let bell = FileDescriptor(owning: heard)
        try control.onStop { try? FileDescriptor(owning: ringer).writeAll([0]) }
        control.say { $0.ready = true }
        try receiveAll(control, bell.raw, depacketizer)
        let stored = Result { try depacketizer.finish() }
        control.say {
            $0.ended = true
            $0.packets = received
            $0.socketDrops = streams.reduce(0) { $0 + $1.drops }
        }
        try stored.get()
    }

    private func receiveAll(_ control: WorkerControl, _ bell: Int32, _ depacketizer: DepacketizerThread) throws {
        var nextReport: Int64?
        let sockets = streams.flatMap { [$0.media.raw, $0.control.raw] } + [bell]
        while !control.isStopped {
            let deadline = [nextReport, progress.deadline, end].compactMap { $0 }.min()
            let ready = try Poll.readable(sockets, untilMonotonic: deadline)
            if ready.contains(true) { Clock.sleep(for: DatagramSocket.gathering) }
            let now = Clock.monotonic()
            for (index, stream) in streams.enumerated() {
                if ready[2 * index] { try receiveMedia(stream, index, now) }
                if ready[2 * index + 1] { try receiveControl(stream, now) }
            }
            if !gathered.isEmpty { depacketizer.take(gathered) }
            gathered.removeAll(keepingCapacity: true)
            if let lastNews, nextReport == nil { nextReport = lastNews + RTCP.interval }
            if let time = nextReport, time <= now {
                for stream in streams { stream.report() }
                nextReport = time + RTCP.interval
            }
            if let due = progress.due(at: now, packets: received, missing: missing, start: control.start) {
                control.say { $0.progress = due }
            }
            if let end, now >= end { return }
        }
    }

    /// When to stop waiting: at once where every stream is complete; soon after every stream has left, since reports may
    /// overtake packets; or when nothing came for long although the stream should be over, while before that a silence
    /// may be an outage of the link.
    private var end: Int64? {
        guard let lastNews else { return nil }
        if streams.allSatisfy(\.state.isComplete) { return lastNews }
        if streams.allSatisfy(\.state.hasLeft) { return lastNews + min(linger, Self.grace) }
        return max(lastNews, (progress.start ?? lastNews) + duration.nanoseconds) + linger
    }

    private static let grace: Int64 = 100_000_000

    private var received: Int64 { streams.reduce(0) { $0 + $1.state.received } }
    private var missing: Int64 { streams.reduce(0) { $0 + $1.state.missing } }

    private func receiveMedia(_ stream: ReceivingStream, _ index: Int, _ now: Int64) throws(Errno) {
        var arrivals: [DatagramSocket.Arrival]
        repeat {
            arrivals = try stream.receiveMedia()
            for arrival in arrivals { take(arrival, of: stream, index) }
            if !arrivals.isEmpty { lastNews = now }
        } while arrivals.count == DatagramSocket.batch
    }

    private func take(_ arrival: DatagramSocket.Arrival, of stream: ReceivingStream, _ index: Int) {
        guard let header = RTPHeader(arrival.bytes), stream.state.note(header, at: arrival.time) else { return }
        progress.note(size: arrival.bytes.count, mediaTime: stream.facts.mediaTime(of: header.timestamp))
        if stream.facts.stream == .video, header.marker { progress.frame(header.timestamp, at: arrival.time) }
        gathered.append(
            Depacketizer.Item(
                stream: index, header: .init(timestamp: header.timestamp, marker: header.marker),
                bytes: arrival.bytes, time: arrival.time))
    }

    private func receiveControl(_ stream: ReceivingStream, _ now: Int64) throws(Errno) {
        for arrival in try stream.receiveControl() {
            for part in RTCP.parse(arrival.bytes) {
                switch part {
                case .senderReport(let report): stream.state.note(report, at: arrival.time)
                case .goodbye(let sources): stream.state.noteGoodbye(sources)
                default: break
                }
            }
            lastNews = now
        }
    }
}
