package import LabModel
internal import LinuxKit

/// When presentation time 0 leaves the sender, on both clocks of the lab's kernel.
package struct StreamClock: Hashable, Sendable {
    /// `CLOCK_MONOTONIC`, which deadlines are kept on.
    package let monotonic: Int64
    /// `CLOCK_REALTIME`, which captures are stamped with.
    package let start: Timestamp

    /// A stream that starts `delay` from now.
    package init(startingIn delay: TimeSpan) {
        monotonic = Clock.monotonic() + delay.nanoseconds
        start = Timestamp(nanoseconds: Clock.realtime() + delay.nanoseconds)
    }

    /// The deadline of a moment of the stream.
    package func deadline(_ moment: TimeSpan) -> Int64 { monotonic + moment.nanoseconds }
}
