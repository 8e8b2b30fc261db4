internal import LabModel
internal import LinuxKit

/// One stream from its start to the last packet: listens to its parts, passes on their progress, and waits for no
/// one longer than the link can explain.
final class StreamRun {
    let clock: StreamClock
    private(set) var ended: Timestamp?
    private(set) var lateness: Distribution?
    private(set) var warnings: [String] = []
    private let stage: Stage
    private let parts: [any StreamPart]
    private let events: EventStream
    private let stop: StopRequest
    /// Those that end by themselves or by being asked once the sender has ended.
    private var running: Set<StreamRole>
    private var isStopping = false
    private var isDismissed = false

    /// Starts the pipeline's ends and sets the start a little ahead, so that all of them hear of it in time.
    static func start(in stage: Stage, events: EventStream, stop: StopRequest) throws -> StreamRun {
        let cast = Cast(stage)
        do {
            try stage.plan.pipeline.protocol.pipeline.start(cast)
        } catch {
            cast.dismiss()
            throw error
        }
        // How long the parts took to start depends on where their libraries were looked for.
        Clock.sleepToRoundTime()
        return StreamRun(stage, cast.parts, events, stop)
    }

    private init(_ stage: Stage, _ parts: [any StreamPart], _ events: EventStream, _ stop: StopRequest) {
        self.stage = stage
        self.parts = parts
        self.events = events
        self.stop = stop
        clock = StreamClock(startingIn: .milliseconds(50))
        running = Set(parts.map(\.role).filter { $0.kind != .server })
    }

    var exits: [WorkerExit] { parts.compactMap(\.exit) }

    /// Tells every end when presentation time 0 leaves.
    func begin() -> StreamClock {
        for part in parts { part.begin(clock) }
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
                if role.kind == .sender, !isSending { deadline = Clock.monotonic() + drain.nanoseconds }
            } else if Clock.monotonic() >= deadline {
                if mustDismiss {
                    deadline = dismiss()
                    continue
                }
                let names = running.map(\.name).sorted().joined(separator: " and ")
                warnings.append("\(names) did not end by itself in time")
                return
            }
        }
    }

    private func hear(_ news: StreamNews, from role: StreamRole) throws {
        switch news {
        case .said(let message):
            if let progress = message.progress { events.emit(.progress, role.name, progress: progress) }
            lateness = message.lateness ?? lateness
            if let drops = message.socketDrops, drops > 0 {
                warnings.append(
                    "the \(role.name)'s socket dropped \(drops) packets: this machine was too slow for them")
            }
        case .exited(let status):
            running.remove(role)
            if role.kind == .sender, !isSending {
                ended = Timestamp(nanoseconds: Clock.realtime())
                events.enter(.drain)
            }
            let hasServed = role.kind != .server || isStopping
            guard hasServed, status == .success || isStopping else {
                let exit = exits.first { $0.role == role.name }
                throw PartFailure(
                    role: role.name, exit: exit, attempt: hasServed ? "reach the end" : "serve to the end")
            }
        }
    }

    private var isSending: Bool { running.contains { $0.kind == .sender } }

    /// Whether the stream is over and nothing but netlab tells the receiver.
    private var mustDismiss: Bool {
        !stage.plan.pipeline.protocol.pipeline.endsByItself && !isSending && !isDismissed
    }

    /// Ends the receiver as planned; returns how long that may take.
    private func dismiss() -> Int64 {
        isDismissed = true
        for part in parts where part.role.kind != .server { part.askToEnd() }
        return Clock.monotonic() + Self.patience.nanoseconds
    }

    private func askToStop() {
        guard !isStopping else { return }
        isStopping = true
        for part in parts where part.role.kind != .server { part.askToEnd() }
    }

    private func finish() {
        for part in parts.reversed() where part.exit == nil { part.stop(grace: .seconds(3)) }
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

    private static let patience = TimeSpan.seconds(5)
    /// What comes later than the link explains, where nothing tells the stream's end.
    private static let afterglow = TimeSpan.milliseconds(300)
    /// How often a wait looks whether the user wants an end.
    private static let attention = TimeSpan.milliseconds(250)
}
