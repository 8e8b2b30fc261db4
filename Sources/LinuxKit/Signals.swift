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
        var interrupts = sigset_t()
        sigemptyset(&interrupts)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&interrupts, signal) }
        let code = pthread_sigmask(SIG_BLOCK, &interrupts, nil)
        if code != 0 { throw Errno(code) }
        let watched = interrupts
        _ = try Thread.run(named: "signals") {
            var count = 0
            while true {
                var signal: Int32 = 0
                var watched = watched
                if sigwait(&watched, &signal) == 0 {
                    count += 1
                    onInterrupt(count)
                }
            }
        }
    }

    /// Leaves the process at once with the code of an interrupted program, 130. Corresponds to `_exit`.
    package static func leave() -> Never {
        _exit(130)
    }
}
