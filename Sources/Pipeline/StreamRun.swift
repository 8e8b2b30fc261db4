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
    /// When nothing more can come, as far as is known (monotonic, ns).
    private var deadline: Int64
    private var isStopping = false
    private var isDismissed = false
    /// Whether a sender that goes on was told to end.
    private var isEnding = false

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
        deadline = clock.deadline(stage.plan.duration + stage.plan.pipeline.settling) + Self.patience.nanoseconds
        running = Set(parts.map(\.role).filter { $0.kind != .server })
        if isOthers(.sender) { deadline = clock.deadline(stage.plan.duration) + Self.overtime.nanoseconds }
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
        while !running.isEmpty {
            if stop.isRequested { askToStop() }
            let tick = min(deadline, Clock.monotonic() + Self.attention.nanoseconds)
            if let (role, news) = stage.inbox.receive(untilMonotonic: tick) {
                try hear(news, from: role)
            } else if Clock.monotonic() >= deadline {
                if ended == nil, !isEnding, isOthers(.sender) {
                    isEnding = true
                    endSending()
                    continue
                }
                if mustDismiss {
                    dismiss()
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
            if let progress = message.progress {
                events.emit(.progress, role.name, progress: progress)
                extendDrain(progress)
            }
            lateness = message.lateness ?? lateness
            if let warning = message.warning { warnings.append("\(role.name): \(warning)") }
            if let drops = message.socketDrops, drops > 0 {
                warnings.append(
                    "the \(role.name)'s socket dropped \(drops) packets: this machine was too slow for them")
            }
        case .exited(let status):
            running.remove(role)
            if role.kind == .sender, !isSending { noteEnd() }
            let hasServed = role.kind != .server || isStopping
            let wasAsked = exits.first { $0.role == role.name }?.asked == true
            guard hasServed, status == .success || isStopping || wasAsked else { throw failure(of: role) }
        }
    }

    /// Whoever fails without a server does so because the server is gone, and may be heard of first.
    private func failure(of role: StreamRole) -> PartFailure {
        var role = role
        let deadline = Clock.monotonic() + Self.attention.nanoseconds
        while role.kind != .server, parts.contains(where: { $0.role.kind == .server }),
            let (other, news) = stage.inbox.receive(untilMonotonic: deadline)
        {
            if case .exited = news, other.kind == .server { role = other }
        }
        let exit = exits.first { $0.role == role.name }
        return PartFailure(
            role: role.name, exit: exit, attempt: role.kind == .server ? "serve to the end" : "reach the end")
    }

    private var isSending: Bool { running.contains { $0.kind == .sender } }

    /// Whether the stream is over and nothing but netlab tells the receiver.
    private var mustDismiss: Bool {
        (!stage.plan.pipeline.protocol.pipeline.endsByItself || isOthers(.receiver)) && !isSending && !isDismissed
    }

    /// Whether the user's own programs, of which nobody knows when they end, stand for a part, or for none.
    private func isOthers(_ kind: StreamRole.Kind) -> Bool {
        let plan = stage.plan.pipeline
        if plan.protocol == .command { return true }
        return (kind == .sender ? plan.programs?.sender : plan.programs?.receiver) != nil
    }

    /// Ends a sender that goes on beyond the stream's length; without a sender the stream ends here.
    private func endSending() {
        if isSending {
            for part in parts where part.role.kind == .sender { part.askToEnd() }
            deadline = Clock.monotonic() + Self.patience.nanoseconds
        } else {
            noteEnd()
        }
    }

    private func noteEnd() {
        ended = Timestamp(nanoseconds: Clock.realtime())
        deadline = Clock.monotonic() + drain.nanoseconds
        events.enter(.drain)
    }

    /// Ends the receiver as planned, and says how long that may take.
    private func dismiss() {
        isDismissed = true
        for part in parts where part.role.kind != .server { part.askToEnd() }
        deadline = Clock.monotonic() + Self.patience.nanoseconds
    }

    /// Where a backlog comes after the sender's end, it may take as long as the stream did.
    private func extendDrain(_ progress: Progress) {
        let pipeline = stage.plan.pipeline.protocol.pipeline
        // Where nothing tells the end, what still comes may be anything.
        guard pipeline.endsByItself, pipeline.drainsBacklog, !isSending, progress.rate.bitsPerSecond > 0 else { return }
        let last = clock.deadline(stage.plan.duration) + stage.plan.duration.nanoseconds
        deadline = max(deadline, min(Clock.monotonic() + Self.patience.nanoseconds, last))
    }

    private func askToStop() {
        guard !isStopping else { return }
        isStopping = true
        for part in parts where part.role.kind != .server { part.askToEnd() }
    }

    /// What the parts still say while they are stopped belongs no more to the stream.
    private func finish() {
        if ended == nil { ended = Timestamp(nanoseconds: Clock.realtime()) }
        for part in parts.reversed() where part.exit == nil { part.stop(grace: .seconds(3)) }
    }

    /// How long the last packet may be under way behind a full queue, and the receiver may take to notice.
    private var drain: TimeSpan {
        let pipeline = stage.plan.pipeline.protocol.pipeline
        let isPatient = pipeline.endsByItself || pipeline.drainsBacklog
        let notice = isOthers(.receiver) ? Self.buffering : isPatient ? Self.patience : Self.afterglow
        // netlab's sender stays until that is over.
        let held = isOthers(.sender) ? stage.plan.pipeline.settling : .zero
        return notice + held + stage.plan.longestWay(.downlink)
    }

    private static let patience = TimeSpan.seconds(5)
    /// What comes later than the link explains, where nothing tells the stream's end.
    private static let afterglow = TimeSpan.milliseconds(300)
    /// How much a receiver of the user's own may hold back.
    private static let buffering = TimeSpan.seconds(2)
    /// How long a sender of the user's own may take to start and to end beside the stream's length.
    private static let overtime = TimeSpan.seconds(1)
    /// How often a wait looks whether the user wants an end.
    private static let attention = TimeSpan.milliseconds(250)
}
