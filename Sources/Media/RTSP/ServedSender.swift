internal import LabModel
internal import LinuxKit
internal import RunStore

/// Streams a media file by a server: the packets are netlab's own, as those of `RTPSender`, and what asks for them, and
/// the reports between, are the server's.
package final class ServedSender: StreamSender {
    /// One for each camera.
    private let schedules: [SendSchedule]
    private let outlet: any PacketOutlet
    private let log: SentLog
    private var lateness = LatenessRecord()
    private var packets: Int64 = 0

    /// Reads the plan and the media, makes every packet, and writes what a receiver must know.
    ///
    /// - Parameter serve: starts the server for each camera's streams; it can be asked for them when it returns.
    package init(run path: String, media: String, serve: ([[ServedStream]]) throws -> any PacketOutlet) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        schedules = try Self.schedules(of: source, plan)
        log = try SentLog(of: schedules.flatMap(\.streams), in: run)
        try run.write(UnitTicks(schedules[0]), to: RunFolder.unitTicks)
        outlet = try serve(schedules.map(\.served))
    }

    /// Each camera has the same media and streams of its own.
    private static func schedules(of source: MediaSource, _ plan: Plan) throws(MediaError) -> [SendSchedule] {
        let (cameras, kinds) = (plan.pipeline.rtsp.cameras, MediaKind.allCases.count)
        let identities = StreamIdentity.draw(seed: plan.seed, count: cameras * kinds)
        return try AVFailure.naming("send media", source.path) { () throws(AVFailure) in
            var schedules: [SendSchedule] = []
            for camera in 0..<cameras {
                schedules.append(
                    try SendSchedule(
                        source, identities: Array(identities[(camera * kinds)...].prefix(kinds)), port: nil,
                        pipeline: plan.pipeline, marked: plan.pipeline.media.isGenerated,
                        camera: cameras > 1 ? camera + 1 : nil))
            }
            return schedules
        }
    }

    package func send(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        if let start = control.awaitStart() {
            let clock = SendClock(start: start, presentationStart: schedules[0].presentationStart)
            if control.sleep(untilMonotonic: start) {
                outlet.open(at: start)
                sendAll(control, clock)
            }
        }
        let failure = Result { try log.close() }
        outlet.close()
        control.sayEnded(after: packets, lateness)
        try failure.get()
    }

    private func sendAll(_ control: WorkerControl, _ clock: SendClock) {
        // Cameras whose packets are due together take turns.
        let departures = schedules.indices
            .flatMap { camera in schedules[camera].departures.enumerated().map { ($0, camera, $1) } }
            .sorted { ($0.2.due, $0.0, $0.1) < ($1.2.due, $1.0, $1.1) }
        for (_, camera, departure) in departures {
            let deadline = clock.start + departure.due
            guard control.sleep(untilMonotonic: deadline) else { return }
            send(departure, of: camera, deadline, clock)
        }
    }

    private func send(_ departure: SendSchedule.Departure, of camera: Int, _ deadline: Int64, _ clock: SendClock) {
        let schedule = schedules[camera]
        let unit = schedule.units[departure.unit]
        let before = Clock.monotonic()
        for packet in unit.packets[departure.packets] {
            outlet.send(
                packet, of: unit.stream, camera: camera + 1, time: unit.pts.nanoseconds + clock.presentationStart)
        }
        lateness.add(before - deadline, times: departure.packets.count)
        packets += Int64(departure.packets.count)
        log.note(
            unit, of: schedule.streams[unit.stream], departure, due: clock.realtime(clock.start + unit.due),
            sent: clock.realtime(before)...clock.realtime(max(before, Clock.monotonic())))
    }
}

extension SendSchedule {
    fileprivate var served: [ServedStream] {
        streams.indices.compactMap { index in
            units.first { $0.stream == index && !$0.packets.isEmpty }.map {
                ServedStream(facts: streams[index], description: descriptions[index], firstPacket: $0.packets[0])
            }
        }
    }
}
