internal import LabModel
internal import LinuxKit

/// One stream from its start to the last packet: listens to the workers, passes on their progress, and waits for no
/// one longer than the link can explain.
final class StreamRun {
    let clock: StreamClock
    private(set) var ended: Timestamp?
    private(set) var lateness: Distribution?
    private(set) var warnings: [String] = []
    private let stage: Stage
    private let workers: [MediaWorker]
    private let events: EventStream
    private let stop: StopRequest
    private var running: Set<String>
    private var isStopping = false
    private var isDismissed = false

    /// Starts the pipeline's ends and sets the start a little ahead, so that all of them hear of it in time.
    static func start(in stage: Stage, events: EventStream, stop: StopRequest) throws -> StreamRun {
        let workers = try stage.plan.pipeline.protocol.pipeline.start(in: stage)
        // How long the workers took to start depends on where their libraries were looked for.
        Clock.sleepToRoundTime()
        return StreamRun(stage, workers, events, stop)
    }

    private init(_ stage: Stage, _ workers: [MediaWorker], _ events: EventStream, _ stop: StopRequest) {
        self.stage = stage
        self.workers = workers
        self.events = events
        self.stop = stop
        clock = StreamClock(startingIn: .milliseconds(50))
        running = Set(workers.map(\.role))
    }

    var exits: [WorkerExit] { workers.compactMap(\.exit) }

    /// Tells every end when presentation time 0 leaves.
    func begin() -> StreamClock {
        for worker in workers { worker.tell("start \(clock.monotonic)") }
        return clock
    }

    /// Returns when all ends have ended; throws where one fails, after the others were ended too.
    func runToEnd() throws {
        defer { finish() }
        var deadline = clock.deadline(stage.plan.duration) + Self.patience.nanoseconds
        while !running.isEmpty {
            if stop.isRequested { askToStop() }
            let tick = min(deadline, Clock.monotonic() + Self.attention.nanoseconds)
            if let (role, news) = stage.inbox.receive(untilMonotonic: tick) {
                try hear(news, from: role)
                if role == Self.sender, !running.contains(role) { deadline = Clock.monotonic() + drain.nanoseconds }
            } else if Clock.monotonic() >= deadline {
                if mustDismiss {
                    deadline = dismiss()
                    continue
                }
                warnings.append("\(running.sorted().joined(separator: " and ")) did not end by itself in time")
                return
            }
        }
    }

    private func hear(_ news: MediaWorker.News, from role: String) throws {
        switch news {
        case .said(let message):
            if let progress = message.progress { events.emit(.progress, role, progress: progress) }
            lateness = message.lateness ?? lateness
            if let drops = message.socketDrops, drops > 0 {
                warnings.append("the \(role)'s socket dropped \(drops) packets: this machine was too slow for them")
            }
        case .exited(let status):
            running.remove(role)
            if role == Self.sender {
                ended = Timestamp(nanoseconds: Clock.realtime())
                events.enter(.drain)
            }
            guard status == .success || isStopping else {
                throw WorkerFailure(role: role, exit: exits.first { $0.role == role }, attempt: "reach the end")
            }
        }
    }

    /// Whether the stream is over and nothing but netlab tells the receiver.
    private var mustDismiss: Bool {
        !stage.plan.pipeline.protocol.pipeline.endsByItself && !running.contains(Self.sender) && !isDismissed
    }

    /// Ends the receiver as planned; returns how long that may take.
    private func dismiss() -> Int64 {
        isDismissed = true
        for worker in workers { worker.tell("stop") }
        return Clock.monotonic() + Self.patience.nanoseconds
    }

    private func askToStop() {
        guard !isStopping else { return }
        isStopping = true
        for worker in workers { worker.tell("stop") }
    }

    private func finish() {
        for worker in workers where worker.exit == nil { worker.stop(grace: .seconds(3)) }
        if ended == nil { ended = Timestamp(nanoseconds: Clock.realtime()) }
    }

    /// How long the last packet may be under way behind a full queue, and the receiver may take to notice.
    private var drain: TimeSpan {
        let plan = stage.plan
        let first = [plan.impairment(of: .downlink)] + plan.timeline.compactMap { $0.impairments[.downlink] }
        let further = plan.furtherHops.map { [$0[.downlink] ?? .clean] }
        let notice = plan.pipeline.protocol.pipeline.endsByItself ? Self.patience : Self.afterglow
        return ([first] + further).reduce(notice) { sum, states in
            sum + (states.map { $0.longestOnPath + ($0.queueTime ?? .zero) }.max() ?? .zero)
        }
    }

    private static let sender = "sender"
    private static let patience = TimeSpan.seconds(5)
    /// What comes later than the link explains, where nothing tells the stream's end.
    private static let afterglow = TimeSpan.milliseconds(300)
    /// How often a wait looks whether the user wants an end.
    private static let attention = TimeSpan.milliseconds(250)
}
