internal import FoundationEssentials
internal import Glibc
package import LabModel
package import LinuxKit
internal import RunStore
internal import Synchronization

/// Tells what happens in the lab while it happens: one `Event` a line, to a descriptor that the engine listens to.
package final class EventStream: Sendable {
    private let output: FileDescriptor
    private let order = Mutex(())

    package init(_ output: consuming FileDescriptor) {
        self.output = output
    }

    /// On this process's standard output.
    package static func toStandardOutput() throws(Errno) -> EventStream {
        EventStream(try .duplicate(STDOUT_FILENO))
    }

    package func enter(_ phase: RunPhase) {
        emit(.phase, phase.rawValue)
    }

    /// A listener that has gone away costs the run nothing: what matters is in the run directory.
    package func emit(
        _ kind: Event.Kind, _ message: String, progress: Progress? = nil, change: AppliedChange? = nil
    ) {
        let now = Timestamp(nanoseconds: Clock.realtime())
        let event = Event(time: now, kind: kind, message: message, progress: progress, change: change)
        guard let line = try? JSONText.line(event) else { return }
        order.withLock { _ in try? output.writeAll(Array(line)) }
    }
}
