import Engine
import LinuxKit

/// Ctrl-C: the first one ends the runs and lets each write what it has, the second leaves at once.
final class Interrupts: Sendable {
    private struct State {
        var sessions: [ObjectIdentifier: EngineSession] = [:]
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
            state.sessions[ObjectIdentifier(session)] = session
            return state.count > 0
        }
        if asked { session.requestStop() }
    }

    func unwatch(_ session: EngineSession) {
        state.change { $0.sessions[ObjectIdentifier(session)] = nil }
    }

    private func hear(_ count: Int) {
        let sessions = state.change { state in
            state.count = count
            return state.sessions.values
        }
        if count == 1 {
            for session in sessions { session.requestStop() }
        } else {
            for session in sessions { session.kill() }
            Signals.leave()
        }
    }
}
