/// Makes HTTP transfers side by side, for one thread; only `wake` may be called on another.
package protocol TransferSource: AnyObject, Sendable {
    /// Begins a transfer; what comes of it is told by `wait`, under `id`.
    ///
    /// - Parameter range: of the resource; nil for all of it.
    func start(_ id: Int, url: String, range: ByteRange?) throws(TransferFailure)

    /// Waits until something comes, `wake` is called or the monotonic clock shows `deadline` (ns); returns what came.
    func wait(untilMonotonic deadline: Int64) throws(TransferFailure) -> [TransferEvent]

    /// Ends a `wait`.
    func wake()
}

/// No transfers can be made at all.
package struct TransferFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }

    package var description: String { "cannot make HTTP requests: \(reason)" }
}
