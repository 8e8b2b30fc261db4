internal import Glibc

/// The user's wish to end, as the inner side sees it: end cleanly and write what there is.
package final class StopRequest: Sendable {
    private struct State {
        var isRequested = false
        var handlers: [@Sendable () -> Void] = []
    }

    private let state = Condition(State())

    /// A request that nobody has made yet.
    package init() {}

    /// Whether it has been made.
    package var isRequested: Bool { state.look(\.isRequested) }

    /// Sleeps until the monotonic clock shows `deadline` (ns), or until the request is made, and says whether it was;
    /// without a deadline only the request ends it.
    @discardableResult
    package func wait(untilMonotonic deadline: Int64? = nil) -> Bool {
        state.wait(untilMonotonic: deadline) { $0.isRequested ? true : nil } ?? false
    }

    /// Calls `handler` when the request is made, at once where it has been.
    package func whenRequested(_ handler: @escaping @Sendable () -> Void) {
        let isRequested = state.change { state in
            if !state.isRequested { state.handlers.append(handler) }
            return state.isRequested
        }
        if isRequested { handler() }
    }

    /// Makes the request.
    package func make() {
        let handlers = state.change { state in
            defer { state.handlers = [] }
            state.isRequested = true
            return state.handlers
        }
        for handler in handlers { handler() }
    }
}
