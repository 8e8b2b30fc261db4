internal import LabModel
internal import LinuxKit
internal import RunStore

/// Sends a media file in datagrams or messages, each at its time, over any carrier.
final class DatagramSender {
    private let schedule: DatagramSchedule
    private let carrier: any DatagramCarrier
    private let log: SentLog
    private var lateness = LatenessRecord()
    private var sent: Int64 = 0
    private var refused: (count: Int, last: String)?
    /// When the first datagram of each unit left.
    private var begun: [Int: Timestamp] = [:]
    /// The units by the datagram that they end with.
    private let endings: [Int: [Int]]
    private let beginnings: [Int: [Int]]

    /// Reads the plan and the media, and writes what analysis must know.
    ///
    /// - Parameter make: makes every datagram of the media.
    init(
        run path: String, media: String, carrier: any DatagramCarrier,
        making make: (MediaSource, PipelinePlan) throws(AVFailure) -> DatagramSchedule
    ) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        schedule = try AVFailure.naming("send media", media) { () throws(AVFailure) in
            try make(source, plan.pipeline)
        }
        beginnings = Dictionary(grouping: schedule.units.indices) { [units = schedule.units] in
            units[$0].datagrams.lowerBound
        }
        endings = Dictionary(grouping: schedule.units.indices) { [units = schedule.units] in
            units[$0].datagrams.upperBound
        }
        log = try SentLog(of: schedule.streams, in: run)
        self.carrier = carrier
    }

    /// Connects, waits for the start and sends until the media ends or `stop` comes.
    func send(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        try control.connect(carrier.connect)
        if let start = control.awaitStart() {
            let clock = SendClock(start: start, presentationStart: schedule.presentationStart)
            if control.sleep(untilMonotonic: start) { sendAll(control, clock) }
        }
        carrier.finish()
        let failure = Result { try log.close() }
        if let refused {
            control.say { $0.warning = "\(refused.count) datagrams were refused, the last: \(refused.last)" }
        }
        control.sayEnded(after: sent, lateness)
        try failure.get()
    }

    private func sendAll(_ control: WorkerControl, _ clock: SendClock) {
        var next = 0
        while next < schedule.datagrams.count {
            let due = schedule.datagrams[next].due
            let end = schedule.datagrams[next...].firstIndex { $0.due != due } ?? schedule.datagrams.count
            guard control.sleep(untilMonotonic: clock.start + due) else { return }
            send(next..<end, due: clock.start + due, clock)
            next = end
        }
    }

    private func send(_ range: Range<Int>, due: Int64, _ clock: SendClock) {
        let before = Clock.monotonic()
        var rest = range
        while !rest.isEmpty {
            do {
                rest = rest.dropFirst(try carrier.send(schedule.datagrams[rest].map(\.bytes)))
            } catch {
                refused = ((refused?.count ?? 0) + 1, "\(error)")
                rest = rest.dropFirst()
            }
        }
        lateness.add(before - due, times: range.count)
        sent += Int64(range.count)
        note(range, clock.realtime(before)...clock.realtime(max(before, Clock.monotonic())), clock)
    }

    private func note(_ range: Range<Int>, _ time: ClosedRange<Timestamp>, _ clock: SendClock) {
        for datagram in range {
            for unit in beginnings[datagram] ?? [] { begun[unit] = time.lowerBound }
            for unit in endings[datagram] ?? [] {
                var line = schedule.units[unit].line
                line.due = clock.realtime(clock.start + schedule.units[unit].due)
                line.firstSent = begun.removeValue(forKey: unit) ?? time.lowerBound
                line.lastSent = time.upperBound
                log.add(line)
            }
        }
    }
}
