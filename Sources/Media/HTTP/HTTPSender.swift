package import HTTPStream
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Publishes a media file over HTTP, each piece when its last frame's time is over.
package final class HTTPSender: StreamSender {
    private let units: [Packager.PublishedUnit]
    private let server: any PresentationServer
    private let log: SentLog
    private var lateness = LatenessRecord()
    private var published: Int64 = 0

    /// Reads the plan and the media, makes every piece, and writes what analysis must know.
    ///
    /// - Parameter serve: starts to listen.
    package init(
        run path: String, media: String, serve: (Presentation) throws -> any PresentationServer
    ) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        guard let http = plan.pipeline.protocol.http else {
            preconditionFailure("\(plan.pipeline.protocol.rawValue) does not travel over HTTP")
        }
        let files = MediaProvider.renditions(of: plan, first: media)
        let sources = try files.map { try MediaSource.load($0, upTo: plan.duration) }
        let packager = try Packager(
            sources, protocol: http, plan: plan.pipeline.http, marked: plan.pipeline.media.isGenerated)
        units = packager.units
        log = try SentLog(of: packager.streams, in: run)
        server = try serve(packager.presentation)
    }

    package func send(_ control: WorkerControl) throws {
        let server = server
        try control.onStop { server.close() }
        control.say { $0.ready = true }
        if let start = control.awaitStart() {
            let clock = SendClock(start: start, presentationStart: 0)
            server.begin(monotonic: start, realtime: clock.realtime(start).nanoseconds)
            publishAll(control, clock)
            server.serveToEnd()
        }
        server.close()
        let failures = [Result { try log.close() }, Result { if let failure = server.failure { throw failure } }]
        control.sayEnded(after: published, lateness)
        for failure in failures { try failure.get() }
    }

    /// The server knows by the clock what is there; here it is written down.
    private func publishAll(_ control: WorkerControl, _ clock: SendClock) {
        var rest = units[...]
        while let next = rest.first?.available {
            guard control.sleep(untilMonotonic: clock.start + next) else { return }
            let now = Clock.monotonic()
            let piece = rest.prefix { $0.available == next }
            rest = rest.dropFirst(piece.count)
            lateness.add(now - clock.start - next, times: 1)
            published += 1
            for unit in piece {
                var line = unit.line
                line.due = clock.realtime(clock.start + unit.due)
                line.firstSent = clock.realtime(clock.start + next)
                line.lastSent = line.firstSent
                log.add(line)
            }
        }
    }
}
