internal import Glibc

extension Thread {
    /// Lets the calling thread run before every ordinary one as soon as it has something to do; nothing changes where
    /// that is not allowed. Requires CAP_SYS_NICE. Corresponds to `pthread_setschedparam(SCHED_FIFO)`.
    package static func becomeUrgent() {
        var priority = sched_param()
        priority.sched_priority = 1
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority)
    }

    /// Lets all others go before the calling thread, and before all that it starts, from now on. Corresponds
    /// to `setpriority`, which on Linux is about a thread.
    package static func giveWay() {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    }
}
