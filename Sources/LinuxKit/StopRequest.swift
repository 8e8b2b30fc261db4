internal import Glibc

/// The user's wish to end, as the inner side sees it: end cleanly and write what there is.
package final class StopRequest: Sendable {
    /// What the outer side writes to make it.
    package static let byte = UInt8(ascii: "s")

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

    /// Makes the request as soon as the outer side writes `byte` to this descriptor. Its end is no request: the outer
    /// side may have closed it.
    package func listen(owning raw: Int32) throws(Errno) {
        _ = try Thread.run(named: "stop-request") {
            let input = FileDescriptor(owning: raw)
            while let bytes = try? input.read(upTo: 64), !bytes.isEmpty {
                if bytes.contains(Self.byte) { return self.make() }
            }
        }
    }
}
