/// Drops or marks at the head of the queue once the wait has been above `target` for `interval` (RFC 8289; `codel`).
package struct CoDel: Codable, Hashable, Sendable {
    /// Packets that it holds; more are dropped on arrival.
    package var limit: Int
    /// The wait that may stand. The kernel keeps it, as `interval`, in units of 1.024 us.
    package var target: TimeSpan
    /// How long the wait may be above `target` before the first packet is dropped.
    package var interval: TimeSpan
    /// Whether packets that can be marked are marked in place of being dropped.
    package var ecn: Bool
    /// The wait above which each packet that can be marked is marked; `nil` is none.
    package var ceThreshold: TimeSpan?

    /// With `tc-codel(8)`'s defaults.
    package init(
        limit: Int = 1000, target: TimeSpan = .milliseconds(5), interval: TimeSpan = .milliseconds(100),
        ecn: Bool = false, ceThreshold: TimeSpan? = nil
    ) {
        self.limit = limit
        self.target = target
        self.interval = interval
        self.ecn = ecn
        self.ceThreshold = ceThreshold
    }
}
