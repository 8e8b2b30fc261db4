/// The TCP connections across the link while the stream ran, as the kernels of their ends saw them.
package struct TCPReport: Codable, Hashable, Sendable {
    /// In the order in which they were first seen.
    package var flows: [TCPFlowReport]

    package init(flows: [TCPFlowReport]) {
        self.flows = flows
    }

    /// Those that belong to no probe.
    package var ofStream: [TCPFlowReport] { flows.filter { !$0.isProbe } }

    /// That of the stream which carried the most.
    package var main: TCPFlowReport? {
        ofStream.max { ($0.delivered?.bytes ?? 0) < ($1.delivered?.bytes ?? 0) }
    }
}

/// One connection, seen from the end that sent more of it (`TCPInformation` has the kernel's names).
package struct TCPFlowReport: Codable, Hashable, Sendable {
    /// The way of what that end sent.
    package var direction: Direction
    package var sender: TCPEndpoint
    package var receiver: TCPEndpoint
    package var isProbe: Bool
    package var congestionControl: String?
    /// When it was seen first and last, since the stream's start.
    package var first: TimeSpan
    package var last: TimeSpan
    package var delivered: ByteCount?
    /// Segments with payload, those sent again included; segments sent again, and their payload.
    package var dataSegments: Int64?
    package var retransmissions: Int64?
    package var retransmitted: ByteCount?
    /// Of the smoothed round trip at each reading, and the least that TCP measured.
    package var roundTrip: Distribution?
    package var leastRoundTrip: TimeSpan?
    /// Of the congestion window in bytes.
    package var meanWindow: ByteCount?
    package var greatestWindow: ByteCount?
    /// The most that the program had written and TCP not sent yet.
    package var greatestUnsent: ByteCount?
    package var greatestDeliveryRate: Rate?
    /// How long there was data to send, and of that how long the receiver's window and the send buffer held it back.
    package var busy: TimeSpan?
    package var limitedByReceiver: TimeSpan?
    package var limitedByBuffer: TimeSpan?

    package init(
        direction: Direction, sender: TCPEndpoint, receiver: TCPEndpoint, isProbe: Bool, first: TimeSpan, last: TimeSpan
    ) {
        self.direction = direction
        self.sender = sender
        self.receiver = receiver
        self.isProbe = isProbe
        self.first = first
        self.last = last
    }
}
