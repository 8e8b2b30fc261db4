import Engine
import LinuxKit

/// Ctrl-C: the first one ends the run and lets it write what it has, the second leaves at once.
final class Interrupts: Sendable {
    private struct State {
        var session: EngineSession?
        var count = 0
    }

    private let state = Condition(State())

    /// Begins to watch; to be called while the process has one thread.
    static func watch() throws(Errno) -> Interrupts {
        let interrupts = Interrupts()
        try Signals.watchInterrupts { count in interrupts.hear(count) }
        return interrupts
    }

    /// Whether the user asked for an end.
    var wasAsked: Bool { state.look { $0.count > 0 } }

    /// Ends this one when asked, or now where that was before.
    func watch(_ session: EngineSession) {
        let asked = state.change { state in
            state.session = session
            return state.count > 0
        }
        if asked { session.requestStop() }
    }

    func unwatch() {
        state.change { $0.session = nil }
    }

    private func hear(_ count: Int) {
        let session = state.change { state in
            state.count = count
            return state.session
        }
        if count == 1 {
            session?.requestStop()
        } else {
            session?.kill()
            Signals.leave()
        }
    }
}
