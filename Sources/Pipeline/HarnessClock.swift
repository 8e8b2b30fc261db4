internal import LabModel
internal import LinuxKit

/// The lab's clocks from a run's begin to its end: how much time passed, and whether the wall clock was set meanwhile.
struct HarnessClock {
    private let monotonic = Clock.monotonic()
    private let realtime = Clock.realtime()

    /// Since the begin.
    var labTime: TimeSpan { TimeSpan(nanoseconds: Clock.monotonic() - monotonic) }

    /// By how much the realtime clock ran away from the monotonic one.
    var step: TimeSpan {
        TimeSpan(nanoseconds: (Clock.realtime() - realtime) - (Clock.monotonic() - monotonic))
    }
}
