internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Plays a stream over RTMP and stores the access units as they come.
package final class RTMPReceiver: StreamReceiver {
    private let url: String
    private let store: UnitStore
    private var progress: ProgressMeter
    private let duration: TimeSpan
    private let linger: Int64
    private var received: Int64 = 0
    /// When something came last (monotonic, ns).
    private let lastNews = Atomic<Int64>(0)

    /// - Parameter linger: how long to wait for more when nothing comes any more (ns).
    package init(run path: String, url: String, linger: Int64) throws {
        let run = try RunDirectory(existing: path)
        let plan = try run.read(Plan.self, from: RunFolder.plan)
        progress = ProgressMeter(plan, try run.read([StreamFacts].self, from: RunFolder.streams))
        store = try UnitStore(run)
        duration = plan.duration
        self.url = url
        self.linger = linger
    }

    /// It is ready before it has connected: the connection is made only when the first of the media comes through it.
    package func receive(_ control: WorkerControl) throws {
        control.say { $0.ready = true }
        let result = Result { try receiveAll(control) }
        let failure = Result { try store.flush() }
        control.say {
            $0.ended = true
            $0.packets = received
        }
        // What ends because netlab wants it, or because there will be no more, is no failure.
        if !isOver(control) { try result.get() }
        try failure.get()
    }

    private func receiveAll(_ control: WorkerControl) throws {
        let subscription = try naming { () throws(AVFailure) in
            try RTMPSubscription(to: url) { [self] in isOver(control) }
        }
        let packet = try naming { () throws(AVFailure) in try Packet() }
        while let unit = try naming({ () throws(AVFailure) in try subscription.read(packet) }) {
            let now = Clock.monotonic()
            lastNews.store(now, ordering: .relaxed)
            received += 1
            let timestamp = UInt32(truncatingIfNeeded: unit.pts)
            try store.add(
                unit.kind, unit.bytes, timestamp: timestamp, isKey: unit.isKey, isChecked: true, time: unit.time)
            progress.note(size: unit.bytes.count)
            if unit.kind == .video { progress.frame(timestamp, at: unit.time) }
            let line = progress.due(at: now, packets: received, missing: nil, start: control.start)
            if let line { control.say { $0.progress = line } }
        }
    }

    /// Whether it is to stop, or nothing has come for long after the stream should be over.
    private func isOver(_ control: WorkerControl) -> Bool {
        if control.isStopped { return true }
        guard let start = control.start else { return false }
        let last = max(lastNews.load(ordering: .relaxed), start + duration.nanoseconds)
        return Clock.monotonic() > last + linger
    }

    private func naming<R: ~Copyable>(_ body: () throws(AVFailure) -> R) throws(MediaError) -> R {
        try AVFailure.naming("play", url, body)
    }
}
