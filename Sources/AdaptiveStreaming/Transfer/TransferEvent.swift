package import LabModel

/// What comes of a transfer.
package enum TransferEvent: Hashable, Sendable {
    /// The next bytes of the body of a good answer, and when they came.
    case data(Int, [UInt8], Timestamp)
    case ended(Int, TransferOutcome)

    package var id: Int {
        switch self {
        case .data(let id, _, _), .ended(let id, _): id
        }
    }
}

/// How a transfer went.
package struct TransferOutcome: Hashable, Sendable {
    /// Absent where no answer came.
    package var status: Int?
    /// Why the answer did not come whole; absent where it did.
    package var failure: String?
    /// Since the transfer's start; absent where a connection was kept from before.
    package var connected: TimeSpan?
    package var firstByte: TimeSpan?
    package var total: TimeSpan
    /// Of the body, decoded.
    package var body: ByteCount
    /// All that came, headers and what frames a chunked body included, and all that was sent.
    package var received: ByteCount
    package var sent: ByteCount

    package init(
        status: Int?, failure: String?, connected: TimeSpan?, firstByte: TimeSpan?, total: TimeSpan, body: ByteCount,
        received: ByteCount, sent: ByteCount
    ) {
        self.status = status
        self.failure = failure
        self.connected = connected
        self.firstByte = firstByte
        self.total = total
        self.body = body
        self.received = received
        self.sent = sent
    }

    /// Whether the answer is what was asked for.
    package var succeeded: Bool { failure == nil && status.map { (200..<300).contains($0) } ?? false }
}
