internal import CAV
internal import Glibc
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Sends a media file over RTP (RFC 3550) with sender reports, each access unit at its time.
package final class RTPSender: StreamSender {
    private let run: RunDirectory
    private let schedule: SendSchedule
    private let way: any RTPWay
    private let name: String
    private var ends: [StreamEnd] = []
    private let log: SentLog
    private var lateness = LatenessRecord()
    private var packets: Int64 = 0
    private var refused: (count: Int, last: Errno)?

    /// A sender whose receiver waits at `to`, the first stream from `port` on.
    package convenience init(run: String, media: String, to: String, port: UInt16, bind: String) throws {
        try self.init(run: run, media: media, bind: bind, port: port) { _ in DirectWay(bind: bind, to: to) }
    }

    /// A sender that pushes its streams to the RTSP server at `server`.
    package convenience init(run: String, media: String, pushingTo server: String, bind: String) throws {
        try self.init(run: run, media: media, bind: bind, port: nil) { plan in
            PushWay(plan, bind: bind, server: server)
        }
    }

    /// Reads the plan and the media, makes every packet, and writes what a receiver must know.
    private init(run path: String, media: String, bind: String, port: UInt16?, way: (Plan) -> any RTPWay) throws {
        run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        schedule = try AVFailure.naming("send media", media) { () throws(AVFailure) in
            try SendSchedule(
                source, identities: StreamIdentity.draw(seed: plan.seed, count: source.streams.count), port: port,
                pipeline: plan.pipeline, marked: plan.pipeline.media.isGenerated)
        }
        name = "netlab@\(bind)"
        self.way = way(plan)
        log = try SentLog(of: schedule.streams, in: run)
        try self.way.prepare(schedule, in: run)
    }

    package func send(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        try control.connect {
            let routes = try way.connect(schedule, in: run)
            ends = zip(schedule.streams, routes).compactMap { facts, route in
                facts.rtp.map { StreamEnd(facts, $0, route: route, name: name) }
            }
        }
        if let start = control.awaitStart() {
            // One reading of both clocks: their difference changes only when somebody sets the time.
            let clock = SendClock(start: start, presentationStart: schedule.presentationStart)
            if control.sleep(untilMonotonic: start) { sendAll(control, clock) }
            for end in ends { end.leave(clock) }
        }
        // A full disk is told at the end, with what was measured none the less.
        let farewell = Result { try way.close() }
        let logged = Result { try log.close() }
        if let refused { Warning.write("the kernel refused \(refused.count) packets, the last with \(refused.last)") }
        control.sayEnded(after: packets, lateness)
        if let warning = try farewell.get() { control.say { $0.warning = warning } }
        try logged.get()
    }

    private func sendAll(_ control: WorkerControl, _ clock: SendClock) {
        // The first report goes ahead of the first packet.
        var nextReport = clock.start
        for departure in schedule.departures {
            let deadline = clock.start + departure.due
            while nextReport <= deadline {
                guard control.sleep(untilMonotonic: nextReport) else { return }
                for end in ends { end.report(clock) }
                nextReport += RTCP.interval
            }
            guard control.sleep(untilMonotonic: deadline) else { return }
            send(departure, deadline, clock)
        }
    }

    private func send(_ departure: SendSchedule.Departure, _ deadline: Int64, _ clock: SendClock) {
        let unit = schedule.units[departure.unit]
        let end = ends[unit.stream]
        let before = Clock.monotonic()
        var rest = unit.packets[departure.packets]
        while !rest.isEmpty {
            do throws(Errno) {
                rest = rest.dropFirst(try end.send(rest))
            } catch {
                refused = ((refused?.count ?? 0) + 1, error)
                rest = rest.dropFirst()
            }
        }
        let after = Clock.monotonic()
        lateness.add(before - deadline, times: departure.packets.count)
        packets += Int64(departure.packets.count)
        log.note(
            unit, of: schedule.streams[unit.stream], departure, due: clock.realtime(clock.start + unit.due),
            sent: clock.realtime(before)...clock.realtime(max(before, after)))
    }
}

/// Both clocks of a stream.
struct SendClock {
    /// When the first packets leave (monotonic, ns), and presentation time 0 against that.
    let start: Int64
    let presentationStart: Int64
    private let offset: Int64

    init(start: Int64, presentationStart: Int64) {
        self.start = start
        self.presentationStart = presentationStart
        offset = Clock.realtime() - Clock.monotonic()
    }

    func realtime(_ monotonic: Int64) -> Timestamp { Timestamp(nanoseconds: monotonic + offset) }

    /// How far the media is at a moment, in ticks of an RTP clock.
    func ticks(at monotonic: Int64, rate: Int) -> Int64 {
        let elapsed = monotonic - start - presentationStart
        return Int64((Double(elapsed) * Double(rate) / 1e9).rounded())
    }
}
