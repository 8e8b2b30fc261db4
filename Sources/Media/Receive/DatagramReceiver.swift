internal import LabModel
internal import LinuxKit
internal import RunStore

/// Receives datagrams or messages over any carrier and stores the access units in them as they come.
final class DatagramReceiver {
    private let source: any DatagramSource
    private let storage: DatagramStorage
    private let linger: Int64
    private let duration: TimeSpan
    private var received: Int64 = 0
    /// When something came last (monotonic, ns).
    private var lastNews: Int64?

    /// - Parameters:
    ///   - linger: how long to wait for more when nothing comes any more (ns).
    ///   - container: what comes, for people.
    ///   - demux: makes what takes it apart.
    init(
        run path: String, linger: Int64, source: any DatagramSource, of container: String,
        with demux: @escaping DatagramStorage.Demux
    ) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let streams = try run.read([StreamFacts].self, from: RunFolder.streams)
        storage = DatagramStorage(
            run, progress: ProgressMeter(plan, streams), of: container,
            keepsDatagrams: plan.pipeline.protocol.repairs, with: demux)
        self.linger = linger
        duration = plan.duration
        self.source = source
    }

    /// Receives until the stream has ended or `stop` comes; all is on disk when it returns.
    func receive(_ control: WorkerControl) throws {
        try storage.start()
        control.say { $0.ready = true }
        try control.connect(source.connect)
        try receiveAll(control)
        source.finish()
        let failure = Result { try storage.finish() }
        control.say {
            $0.ended = true
            $0.packets = received
            $0.socketDrops = source.drops
        }
        try failure.get()
    }

    private func receiveAll(_ control: WorkerControl) throws {
        while !control.isStopped {
            let soon = Clock.monotonic() + Self.attention
            let deadline = [storage.progress.withLock(\.deadline), end(control)].compactMap { $0 }.reduce(soon, min)
            take(try source.receive(untilMonotonic: deadline))
            let now = Clock.monotonic()
            let progress = storage.progress.withLock {
                $0.due(at: now, packets: received, missing: nil, start: control.start)
            }
            if let progress { control.say { $0.progress = progress } }
            if source.hasEnded { return }
            if let end = end(control), now >= end { return }
        }
    }

    private func take(_ arrivals: [ArrivedDatagram]) {
        guard !arrivals.isEmpty else { return }
        lastNews = Clock.monotonic()
        received += Int64(arrivals.count)
        storage.progress.withLock { progress in
            for arrival in arrivals { progress.note(size: arrival.bytes.count) }
        }
        storage.add(arrivals)
    }

    /// When to stop waiting: long after the stream should be over.
    private func end(_ control: WorkerControl) -> Int64? {
        lastNews.map { max($0, (control.start ?? $0) + duration.nanoseconds) + linger }
    }

    /// How often a wait looks whether it is to stop.
    private static let attention: Int64 = 200_000_000
}
