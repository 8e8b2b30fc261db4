internal import Glibc

/// What signals do to this process.
package enum Signals {
    /// Writing to a pipe that nobody reads fails with EPIPE instead of killing the process. Corresponds to `signal`.
    package static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls `onInterrupt` on a thread of its own for each SIGINT, SIGTERM and SIGHUP, with 1, 2, ... in their order:
    /// 1 asks for an end, 2 wants it at once. Call it on the first thread before there are others, since a thread that
    /// does not block these signals would die of them. Corresponds to `sigwait`.
    package static func watchInterrupts(_ onInterrupt: @escaping @Sendable (Int) -> Void) throws(Errno) {
        try watch([SIGINT, SIGTERM, SIGHUP], onInterrupt)
    }

    /// Calls `onResize` on a thread of its own when the window of the process's terminal changes its size (SIGWINCH).
    /// Call it as `watchInterrupts`.
    package static func watchWindow(_ onResize: @escaping @Sendable () -> Void) throws(Errno) {
        try watch([SIGWINCH]) { _ in onResize() }
    }

    private static func watch(_ signals: [Int32], _ onSignal: @escaping @Sendable (Int) -> Void) throws(Errno) {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        let code = pthread_sigmask(SIG_BLOCK, &set, nil)
        if code != 0 { throw Errno(code) }
        let watched = set
        _ = try Thread.run(named: "signals") {
            var count = 0
            while true {
                var signal: Int32 = 0
                var watched = watched
                if sigwait(&watched, &signal) == 0 {
                    count += 1
                    onSignal(count)
                }
            }
        }
    }

    /// Leaves the process at once with the code of an interrupted program, 130. Corresponds to `_exit`.
    package static func leave() -> Never {
        _exit(130)
    }
}
