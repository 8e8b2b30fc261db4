/// What librist told of a run's session, summed up.
package struct RISTReport: Codable, Sendable {
    /// Datagrams of the sender: data, what was sent again included, and in the main profile, where one port has all, its
    /// RTCP too.
    package var sent: Int64?
    package var retransmitted: Int64?
    /// Asked for again, and not sent.
    package var skipped: Int64?
    /// Data packets that came, but for a flow's first, of which librist learns where the flow begins.
    package var received: Int64?
    /// Not there when the next was, and what became of them.
    package var missing: Int64?
    package var recovered: Int64?
    package var recoveredAtOnce: Int64?
    package var lost: Int64?
    package var droppedLate: Int64?
    package var reordered: Int64?
    package var duplicates: Int64?
    /// Requests to send a packet again.
    package var requests: Int64?
    /// The sender's samples.
    package var roundTrip: Distribution?
    /// How long packets were held back at the receiver.
    package var buffer: Distribution?

    package init() {}
}
