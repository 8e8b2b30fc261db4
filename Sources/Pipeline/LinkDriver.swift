package import Lab
package import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Keeps the link to its timeline and reads its queues, on one thread so that a change never waits behind a reading of
/// another thread.
package final class LinkDriver: Sendable {
    /// Time between two readings of the queues. No multiple of a usual frame's time: in step with the frames, every
    /// reading would find the queue as full as at that one moment of a frame.
    package static let samplingInterval = TimeSpan.milliseconds(97)

    /// How long before its time a change is asked for, so that what is sent at that very moment, often the first frame of
    /// a second, already meets it. In virtual time, where both happen at once, luck would decide; in real time a frame
    /// takes longer to send than the kernel takes to change.
    private static let lead = TimeSpan.microseconds(20)

    private struct State {
        var clock: StreamClock?
        var isStopping = false
        var changes: [AppliedChange] = []
        var failure: String?
    }

    private let state = Condition(State())
    private let lab: Lab
    private let timeline: [TimelineChange]
    private let events: EventStream
    private let samples: LineWriter<QueueSample>?
    private let thread = Mutex<Thread?>(nil)

    /// - Parameter path: the file of the readings; nil reads none.
    package static func start(
        _ lab: Lab, timeline: [TimelineChange], samples path: String?, events: EventStream
    ) throws -> LinkDriver {
        let driver = LinkDriver(lab, timeline, try path.map { try LineWriter($0) }, events)
        let thread = try Thread.run(named: "link") { driver.drive() }
        driver.thread.withLock { $0 = thread }
        return driver
    }

    private init(
        _ lab: Lab, _ timeline: [TimelineChange], _ samples: LineWriter<QueueSample>?, _ events: EventStream
    ) {
        self.lab = lab
        self.timeline = timeline
        self.samples = samples
        self.events = events
    }

    /// From now on the timeline counts.
    package func begin(_ clock: StreamClock) {
        state.change { $0.clock = clock }
    }

    /// Ends it; the changes made, and why it could not go on where it could not.
    package func stop() -> (changes: [AppliedChange], failure: String?) {
        state.change { $0.isStopping = true }
        thread.withLock { $0?.join() }
        return state.look { ($0.changes, $0.failure) }
    }

    private func drive() {
        var nextSample = Clock.monotonic()
        var pending = timeline[...]
        do {
            while true {
                if Clock.monotonic() >= nextSample {
                    try samples?.append(lab.sampleQueues())
                    nextSample += Self.samplingInterval.nanoseconds
                }
                if let clock = state.look({ $0.clock }), let change = pending.first,
                    Self.deadline(of: change, by: clock) <= Clock.monotonic()
                {
                    pending.removeFirst()
                    try make(change)
                }
                if waitUntil(nextSample, or: pending.first) { return }
            }
        } catch {
            state.change { $0.failure = "\(error)" }
            events.emit(.error, "\(error)")
        }
    }

    /// True where the driver is to stop.
    private func waitUntil(_ nextSample: Int64, or change: TimelineChange?) -> Bool {
        let clock = state.look { $0.clock }
        var deadline = nextSample
        if let clock, let change { deadline = min(deadline, Self.deadline(of: change, by: clock)) }
        return state.wait(untilMonotonic: deadline) { state in
            if state.isStopping { return true }
            return state.clock == clock ? nil : false
        } ?? false
    }

    private static func deadline(of change: TimelineChange, by clock: StreamClock) -> Int64 {
        clock.deadline(change.at) - lead.nanoseconds
    }

    private func make(_ change: TimelineChange) throws {
        let applied = try lab.apply(change)
        state.change { $0.changes.append(applied) }
        // Of a ramp or a trace nobody wants to read each step.
        if !change.isStep { events.emit(.change, "link changed", change: applied) }
    }
}
