/// Flows take turns, and each has a CoDel of its own (RFC 8290; `fq_codel`).
package struct FQCoDel: Codable, Hashable, Sendable {
    /// Of each flow, but for the limit, which is of all together.
    package var codel: CoDel
    /// Queues that flows are hashed into, 1 to 65536.
    package var flows: Int
    /// Bytes that a flow may send before it is the next one's turn; the kernel takes no less than 256.
    package var quantum: ByteCount
    /// Memory that all packets may take, the kernel's own overhead included.
    package var memoryLimit: ByteCount
    /// Packets dropped at once when it is full.
    package var dropBatch: Int

    /// With `tc-fq_codel(8)`'s defaults for Ethernet.
    package init(
        codel: CoDel = CoDel(limit: 10240, ecn: true), flows: Int = 1024, quantum: ByteCount = .largestFrame,
        memoryLimit: ByteCount = ByteCount(32 << 20), dropBatch: Int = 64
    ) {
        self.codel = codel
        self.flows = flows
        self.quantum = quantum
        self.memoryLimit = memoryLimit
        self.dropBatch = dropBatch
    }
}
