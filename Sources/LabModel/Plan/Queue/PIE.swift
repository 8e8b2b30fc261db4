/// Drops or marks on arrival with a probability that a controller steers so that the wait stays at `target` (RFC 8033;
/// `pie`).
package struct PIE: Codable, Hashable, Sendable {
    /// Packets that it holds; more are dropped on arrival.
    package var limit: Int
    /// The wait that the controller aims at.
    package var target: TimeSpan
    /// How often the probability is worked out; the kernel rounds it up to its clock's ticks.
    package var update: TimeSpan
    /// The weight of the wait's distance from `target`, in sixteenths, 0 to 32.
    package var alpha: Int
    /// The weight of the wait's trend, in sixteenths, 0 to 32.
    package var beta: Int
    /// Whether packets that can be marked are marked in place of being dropped, up to a probability of 10 %.
    package var ecn: Bool
    /// Whether large packets are dropped sooner than small ones.
    package var byteMode: Bool
    /// Whether the wait is estimated from the rate at which packets leave, and not from their time stamps.
    package var rateEstimator: Bool

    /// With `tc-pie(8)`'s defaults.
    package init(
        limit: Int = 1000, target: TimeSpan = .milliseconds(15), update: TimeSpan = .milliseconds(15), alpha: Int = 2,
        beta: Int = 20, ecn: Bool = false, byteMode: Bool = false, rateEstimator: Bool = false
    ) {
        self.limit = limit
        self.target = target
        self.update = update
        self.alpha = alpha
        self.beta = beta
        self.ecn = ecn
        self.byteMode = byteMode
        self.rateEstimator = rateEstimator
    }
}
