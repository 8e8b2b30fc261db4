package import AdaptiveStreaming
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Receives HLS or DASH: makes the requests that its session wants and stores the access units that come of them.
package final class HTTPReceiver: StreamReceiver {
    private let transfers: any TransferSource
    private var session: StreamingSession
    private var storage: HTTPStorage
    private var progress: ProgressMeter
    private var readers: [Int: (fetch: Fetch, reader: PieceReader)] = [:]
    /// Manifests and initializations as they come; and initializations that are at hand.
    private var bodies: [Int: (fetch: Fetch, bytes: [UInt8])] = [:]
    private var initializations: [Resource: [UInt8]] = [:]
    private let end: TimeSpan
    private let linger: Int64
    private var lastNews: Int64?
    private var fetched: Int64 = 0

    /// - Parameter linger: how long to wait for more when nothing comes any more (ns).
    package init(
        run path: String, session: StreamingSession, transfers: any TransferSource, linger: Int64
    ) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let streams = try run.read([StreamFacts].self, from: RunFolder.streams)
        storage = try HTTPStorage(run, streams)
        progress = ProgressMeter(plan, streams)
        end = plan.duration
        self.session = session
        self.transfers = transfers
        self.linger = linger
    }

    /// Receives until the presentation ends, nothing comes any more or `stop` comes; throws where it could not go on,
    /// with all on disk that came.
    package func receive(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        try control.onStop { [transfers] in transfers.wake() }
        let result = Result {
            if let start = control.awaitStart(), control.sleep(untilMonotonic: start) { try receiveAll(control, start) }
        }
        let stored = Result { try storage.finish(session) }
        control.say {
            $0.ended = true
            $0.packets = fetched
        }
        try result.get()
        try stored.get()
        if let failure = session.failure, !control.isStopped {
            throw MediaError("go on receiving", "over HTTP", failure)
        }
    }

    private func receiveAll(_ control: WorkerControl, _ start: Int64) throws {
        while !control.isStopped, !session.isOver {
            let (fetches, wakeUp) = session.step(now: now)
            for fetch in fetches { try begin(fetch) }
            storage.add(session.takeDecisions())
            let clock = Clock.monotonic()
            let last = max(lastNews ?? start, start + end.nanoseconds) + linger
            if clock >= last { return }
            let due = [wakeUp.map { clock + ($0 - now).nanoseconds }, progress.deadline, last, clock + Self.attention]
            for event in try transfers.wait(untilMonotonic: due.compactMap { $0 }.reduce(last, min)) {
                try take(event)
            }
            let line = progress.due(at: Clock.monotonic(), packets: fetched, missing: nil, start: start)
            if let line { control.say { $0.progress = line } }
            try storage.flushInTime()
        }
    }

    private var now: Timestamp { Timestamp(nanoseconds: Clock.realtime()) }

    /// How often a wait looks whether it is to stop.
    private static let attention: Int64 = 1_000_000_000

    private func begin(_ fetch: Fetch) throws {
        try transfers.start(fetch.id, url: fetch.resource.url, range: fetch.resource.range)
        switch fetch.kind {
        case .manifest, .initialization: bodies[fetch.id] = (fetch, [])
        case .segment, .part:
            let initialization = fetch.piece?.initialization.flatMap { initializations[$0] }
            readers[fetch.id] = (fetch, PieceReader(initialization: initialization))
        }
    }

    private func take(_ event: TransferEvent) throws {
        switch event {
        case .data(let id, let bytes, let time):
            lastNews = Clock.monotonic()
            progress.note(size: bytes.count)
            bodies[id]?.bytes += bytes
            try grow(id, bytes, time)
        case .ended(let id, let outcome):
            if let (fetch, bytes) = bodies.removeValue(forKey: id) {
                storage.add(fetch, outcome, session)
                finish(fetch, bytes, outcome)
            } else if let (fetch, reader) = readers.removeValue(forKey: id) {
                storage.add(fetch, outcome, session)
                try finish(fetch, reader, outcome)
            }
        }
    }

    private func grow(_ id: Int, _ bytes: [UInt8], _ time: Timestamp) throws {
        // Taken out so that its arrays are changed in place.
        guard var entry = readers.removeValue(forKey: id) else { return }
        let (fetch, more) = (entry.fetch, try entry.reader.add(bytes, at: time))
        if !more.fragments.isEmpty {
            try store(more.units, fetch)
            session.grew(fetch, to: more.length)
            if session.presentation.isLowLatency { measure(more.fragments, of: entry.reader.body, fetch) }
        }
        readers[id] = entry
    }

    /// How fast the network is shows while something is coming, not in the waits for what is still being made, nor in a
    /// round trip; and in the main track, beside which the sound's pieces are too small to tell.
    private func measure(_ stretches: [Range<Int>], of body: ArrivingBody, _ fetch: Fetch) {
        guard fetch.track == 0 else { return }
        for stretch in stretches {
            guard let (bytes, span) = body.pace(of: stretch) else { continue }
            session.measured(bytes: bytes, over: span, at: now)
        }
    }

    /// A segment that came whole.
    private func measure(_ body: ArrivingBody, _ fetch: Fetch, _ outcome: TransferOutcome) {
        let size = body.bytes.count
        guard fetch.track == 0, let (bytes, span) = body.pace(of: size / 2..<size) else { return }
        session.measured(bytes: bytes, over: span, of: Int64(size), in: outcome.total, at: now)
    }

    private func store(_ units: [PieceReader.Unit], _ fetch: Fetch) throws {
        for unit in units {
            let timestamp = try storage.add(unit, of: session.rendition(of: fetch), in: session.presentation)
            if unit.kind == .video { progress.frame(timestamp, at: unit.time.nanoseconds) }
        }
    }

    private func finish(_ fetch: Fetch, _ bytes: [UInt8], _ outcome: TransferOutcome) {
        guard outcome.succeeded else { return fail(fetch, outcome) }
        if fetch.kind == .manifest {
            session.took(manifest: bytes, of: fetch, now: now)
        } else {
            initializations[fetch.resource] = bytes
            session.took(fetch, now: now)
        }
    }

    private func finish(_ fetch: Fetch, _ reader: PieceReader, _ outcome: TransferOutcome) throws {
        // What came of a piece that was cut off is there all the same.
        try store(rest(of: reader, fetch), fetch)
        guard outcome.succeeded else { return fail(fetch, outcome) }
        fetched += 1
        if !session.presentation.isLowLatency { measure(reader.body, fetch, outcome) }
        session.took(fetch, now: now)
    }

    /// What no other bytes wait for any more; a piece that makes no sense is said and has none.
    private func rest(of reader: PieceReader, _ fetch: Fetch) -> [PieceReader.Unit] {
        guard !reader.body.bytes.isEmpty else { return [] }
        do throws(MediaError) {
            return try reader.finish()
        } catch {
            Warning.write("\(fetch.resource.url): \(error)")
            return []
        }
    }

    private func fail(_ fetch: Fetch, _ outcome: TransferOutcome) {
        let reason = outcome.failure ?? outcome.status.map { "the server answered \($0)" } ?? "no answer"
        session.failed(fetch, reason: "\(fetch.resource.url): \(reason)", now: now)
    }
}
