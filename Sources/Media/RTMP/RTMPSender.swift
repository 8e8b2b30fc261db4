internal import LabModel
internal import LinuxKit
internal import RunStore

/// Publishes a media file over RTMP, each access unit at its time.
package final class RTMPSender: StreamSender {
    private let schedule: RTMPSchedule
    private let publication: RTMPPublication
    private let url: String
    private let log: SentLog
    private var lateness = LatenessRecord()
    private var sent: Int64 = 0

    /// Reads the plan and the media, makes every message, writes what analysis must know, and has the server take the
    /// stream.
    package init(run path: String, media: String, url: String, servedAs form: ServedForm, control: WorkerControl) throws
    {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        let source = try MediaSource.load(media, upTo: plan.duration)
        schedule = try AVFailure.naming("send media", media) { () throws(AVFailure) in
            try RTMPSchedule(source, as: form, marked: plan.pipeline.media.isGenerated)
        }
        log = try SentLog(of: schedule.streams, in: run)
        self.url = url
        publication = try AVFailure.naming("publish to", url) { () throws(AVFailure) in
            try RTMPPublication(to: url) { control.isStopped }
        }
    }

    package func send(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        let result = Result {
            if let start = control.awaitStart() {
                try sendAll(control, SendClock(start: start, presentationStart: schedule.presentationStart))
            }
        }
        let failure = Result { try log.close() }
        control.sayEnded(after: sent, lateness)
        if control.isStopped { return }
        try result.get()
        try failure.get()
    }

    private func sendAll(_ control: WorkerControl, _ clock: SendClock) throws {
        guard control.sleep(untilMonotonic: clock.start) else { return }
        try write(schedule.header)
        for message in schedule.messages {
            let due = clock.start + message.due
            guard control.sleep(untilMonotonic: due) else { return }
            let before = Clock.monotonic()
            try write(message.tag)
            lateness.add(before - due, times: 1)
            sent += 1
            var line = message.line
            line.due = clock.realtime(due)
            line.firstSent = clock.realtime(before)
            line.lastSent = clock.realtime(max(before, Clock.monotonic()))
            log.add(line)
        }
    }

    private func write(_ bytes: [UInt8]) throws {
        try AVFailure.naming("send to", url) { () throws(AVFailure) in try publication.write(bytes) }
    }
}
