/// Flows take turns, and each has a PIE of its own (`fq_pie`).
package struct FQPIE: Codable, Hashable, Sendable {
    /// Of each flow, but for the limit, which is of all together.
    package var pie: PIE
    /// Queues that flows are hashed into, 1 to 65536.
    package var flows: Int
    /// Bytes that a flow may send before it is the next one's turn; the kernel takes no less than 256.
    package var quantum: ByteCount
    /// Memory that all packets may take, the kernel's own overhead included.
    package var memoryLimit: ByteCount
    /// The probability up to which packets are marked; above it they are dropped. Whole percents.
    package var ecnProbability: Probability

    /// With `tc-fq_pie(8)`'s defaults for Ethernet.
    package init(
        pie: PIE = PIE(limit: 10240), flows: Int = 1024, quantum: ByteCount = .largestFrame,
        memoryLimit: ByteCount = ByteCount(32 << 20), ecnProbability: Probability = Probability(clamping: 0.1)
    ) {
        self.pie = pie
        self.flows = flows
        self.quantum = quantum
        self.memoryLimit = memoryLimit
        self.ecnProbability = ecnProbability
    }
}
