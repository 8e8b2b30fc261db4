/// How loss comes in bursts (RFC 3611 section 4.7.2, with a Gmin of 16).
package struct BurstReport: Codable, Hashable, Sendable {
    package var bursts: Int64
    /// Share of a burst's packets that are lost; absent without a burst.
    package var burstDensity: Double?
    /// Share of the packets outside bursts that are lost.
    package var gapDensity: Double?
    /// Mean lengths, a packet taking the stream's mean time.
    package var burstDuration: TimeSpan?
    package var gapDuration: TimeSpan?

    package init(bursts: Int64) {
        self.bursts = bursts
    }
}
