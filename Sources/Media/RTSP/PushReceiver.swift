internal import LabModel
internal import LinuxKit
internal import RunStore

/// What a server hears of the streams that are pushed to it, taken in on whatever thread hears it.
package final class PushInbox: Sendable {
    enum News: Sendable {
        case announced(String)
        case packet(stream: Int, [UInt8], time: Int64)
        case left
        case stop
    }

    let news = Channel<News>(capacity: 1 << 14)

    /// A client announces its streams with a session description (RFC 4566).
    package func announce(_ description: String) { news.send(.announced(description)) }

    /// An RTP packet came.
    ///
    /// - Parameters:
    ///   - stream: its place in the description.
    ///   - time: ns since 1970.
    package func take(_ packet: [UInt8], of stream: Int, time: Int64) {
        news.send(.packet(stream: stream, packet, time: time))
    }

    /// The client has left.
    package func leave() { news.send(.left) }
}

/// Stores the access units of streams that are pushed to a server, as they come.
package final class PushReceiver: StreamReceiver {
    /// A stream that was announced.
    private struct Track {
        let facts: StreamFacts
        /// Of the source whose packet came first; others are not the stream's.
        var state: ReceptionState?
    }

    private let run: RunDirectory
    private let plan: Plan
    private let facts: [StreamFacts]
    private let inbox: PushInbox
    private let linger: Int64
    private var progress: ProgressMeter
    private var tracks: [Track] = []
    private var depacketizer: DepacketizerThread?
    /// When something came last (monotonic, ns).
    private var lastNews: Int64?
    private var hasLeft = false

    /// - Parameters:
    ///   - linger: how long to wait for more when nothing comes any more (ns).
    ///   - serve: starts the server for so many streams; clients can come when it returns.
    package init(run path: String, linger: Int64, serve: (PushInbox, _ streams: Int) throws -> Void) throws {
        run = try RunDirectory(existing: path)
        plan = try run.read(Plan.self, from: RunFolder.plan)
        facts = try run.read([StreamFacts].self, from: RunFolder.streams)
        self.linger = linger
        progress = ProgressMeter(plan, facts)
        inbox = PushInbox()
        try serve(inbox, facts.count)
    }

    /// Receives until the client has left, `stop` comes, or nothing comes any more; all is on disk then.
    package func receive(_ control: WorkerControl) throws {
        let news = inbox.news
        try control.onStop { news.send(.stop) }
        control.say { $0.ready = true }
        // It is the sender that connects.
        try control.connect {}
        let failure = Result { try receiveAll(control) }
        let stored = Result { try depacketizer?.finish() }
        control.say {
            $0.ended = true
            $0.packets = received
        }
        try failure.get()
        try stored.get()
    }

    private func receiveAll(_ control: WorkerControl) throws {
        while !control.isStopped, !hasLeft {
            let deadline = [progress.deadline, end(control)].compactMap(\.self).min()
            let first = inbox.news.receive(untilMonotonic: deadline ?? Clock.monotonic() + Self.attention)
            let now = Clock.monotonic()
            if let first { try take([first] + inbox.news.drain(), now) }
            if let due = progress.due(at: now, packets: received, missing: missing, start: control.start) {
                control.say { $0.progress = due }
            }
            if let end = end(control), now >= end { return }
        }
    }

    private func take(_ news: [PushInbox.News], _ now: Int64) throws {
        var gathered: [Depacketizer.Item] = []
        for item in news {
            switch item {
            case .announced(let description): try begin(description)
            case .packet(let stream, let bytes, let time):
                lastNews = now
                if let item = take(bytes, of: stream, time: time) { gathered.append(item) }
            case .left: hasLeft = true
            case .stop: break
            }
        }
        if !gathered.isEmpty { depacketizer?.take(gathered) }
    }

    private func begin(_ description: String) throws {
        guard depacketizer == nil else { return }
        try File.write(description, to: run.file(RunFolder.sessionDescription))
        tracks = try SessionDescription.kinds(in: description).map { kind in
            guard let facts = facts.first(where: { $0.stream == kind }) else {
                throw MediaError("take", "what was announced", "it is not the media's streams")
            }
            return Track(facts: facts)
        }
        depacketizer = try DepacketizerThread(run, streams: tracks.map(\.facts))
    }

    private func take(_ packet: [UInt8], of stream: Int, time: Int64) -> Depacketizer.Item? {
        guard let header = RTPHeader(packet), tracks.indices.contains(stream) else { return nil }
        let track = tracks[stream]
        let source = RTPStreamFacts(
            ssrc: header.ssrc, payloadType: header.payloadType, firstSequence: header.sequence, port: nil)
        var state = track.state ?? ReceptionState(track.facts.rtp ?? source, clockRate: track.facts.clockRate)
        let isNew = state.note(header, at: time)
        tracks[stream].state = state
        guard isNew else { return nil }
        progress.note(size: packet.count, mediaTime: track.facts.mediaTime(of: header.timestamp))
        if track.facts.stream == .video, header.marker { progress.frame(header.timestamp, at: time) }
        return Depacketizer.Item(
            stream: stream, header: .init(timestamp: header.timestamp, marker: header.marker), bytes: packet,
            time: time)
    }

    private var received: Int64 { tracks.reduce(0) { $0 + ($1.state?.received ?? 0) } }
    private var missing: Int64 { tracks.reduce(0) { $0 + ($1.state?.missing ?? 0) } }

    /// When to stop waiting: long after the stream should be over.
    private func end(_ control: WorkerControl) -> Int64? {
        control.start.map { max(lastNews ?? $0, $0 + plan.duration.nanoseconds) + linger }
    }

    /// How often it is looked whether the stream has begun.
    private static let attention: Int64 = 250_000_000
}
