internal import CLinux
internal import Glibc

/// The kernel's clocks, in nanoseconds.
package enum Clock {
    /// Nanoseconds since boot, never set back. Corresponds to `clock_gettime(CLOCK_MONOTONIC)`.
    package static func monotonic() -> Int64 { now(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970, UTC. Corresponds to `clock_gettime(CLOCK_REALTIME)`.
    package static func realtime() -> Int64 { now(CLOCK_REALTIME) }

    /// Sleeps until the monotonic clock shows `deadline` (ns); at once where it has passed. Being absolute it does not
    /// drift, and in virtual time it costs nothing. Corresponds to `clock_nanosleep(TIMER_ABSTIME)`.
    package static func sleep(untilMonotonic deadline: Int64) {
        var time = timespec(nanoseconds: max(deadline, 0))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    /// Sleeps for `duration` (ns).
    package static func sleep(for duration: Int64) {
        sleep(untilMonotonic: monotonic() + duration)
    }

    /// Sleeps until the next tenth of a second since boot. What follows in virtual time begins at the same moment in each
    /// run, although what came before may have taken some microseconds more in one than in another: a system call that
    /// fails takes one there.
    package static func sleepToRoundTime() {
        let step: Int64 = 100_000_000
        sleep(untilMonotonic: (monotonic() / step + 1) * step)
    }

    /// Lets no sleep of this thread, nor of the threads and processes it starts from now on, take longer than it must:
    /// the kernel puts off timers by up to 50 us to save wake-ups. Corresponds to `prctl(PR_SET_TIMERSLACK)`.
    package static func sharpenTimers() {
        _ = linux_set_timer_slack(1)
    }

    /// Nanoseconds since boot, the time that the machine slept included; nobody can set it. Corresponds to
    /// `clock_gettime(CLOCK_BOOTTIME)`.
    package static func boottime() -> Int64 { now(CLOCK_BOOTTIME) }

    /// Sleeps until `boottime` shows `deadline` (ns), or the machine wakes after that. Corresponds to
    /// `clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME)`.
    package static func sleep(untilBoottime deadline: Int64) {
        var time = timespec(nanoseconds: max(deadline, 0))
        while clock_nanosleep(CLOCK_BOOTTIME, TIMER_ABSTIME, &time, nil) == EINTR {}
    }

    private static func now(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

extension timespec {
    init(nanoseconds: Int64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
