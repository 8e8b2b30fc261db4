/// What librist tells of a session at one of its ends: a line of `media/rist-sender.jsonl` and
/// `media/rist-receiver.jsonl`. Counts are since the line before.
package struct RISTSample: Codable, Hashable, Sendable {
    package struct Sent: Codable, Hashable, Sendable {
        /// Datagrams that left: data, what was sent again included, and in the main profile, where one port has all, the
        /// sender's RTCP too (librist's `sent`).
        package var packets: Int64
        package var retransmitted: Int64
        /// Asked for again, and not sent: there was no rate left for it, or it had just been sent.
        package var skipped: Int64
        package var rate: Rate
        package var retransmittedRate: Rate

        package init(packets: Int64, retransmitted: Int64, skipped: Int64, rate: Rate, retransmittedRate: Rate) {
            self.packets = packets
            self.retransmitted = retransmitted
            self.skipped = skipped
            self.rate = rate
            self.retransmittedRate = retransmittedRate
        }
    }

    package struct Received: Codable, Hashable, Sendable {
        package var packets: Int64
        /// Not there when the next was; packets out of order among them.
        package var missing: Int64
        package var recovered: Int64
        /// Of them, those that came when they had been asked for once.
        package var recoveredAtOnce: Int64
        /// Given up.
        package var lost: Int64
        /// Came when their time was over.
        package var droppedLate: Int64
        package var reordered: Int64
        package var duplicates: Int64
        /// Requests to send a packet again.
        package var requests: Int64
        /// How long packets were held back, on average.
        package var buffer: TimeSpan

        package init(
            packets: Int64, missing: Int64, recovered: Int64, recoveredAtOnce: Int64, lost: Int64, droppedLate: Int64,
            reordered: Int64, duplicates: Int64, requests: Int64, buffer: TimeSpan
        ) {
            self.packets = packets
            self.missing = missing
            self.recovered = recovered
            self.recoveredAtOnce = recoveredAtOnce
            self.lost = lost
            self.droppedLate = droppedLate
            self.reordered = reordered
            self.duplicates = duplicates
            self.requests = requests
            self.buffer = buffer
        }
    }

    package var time: Timestamp
    /// At the sender, and at the receiver.
    package var sent: Sent?
    package var received: Received?
    package var roundTrip: TimeSpan

    package init(time: Timestamp, sent: Sent? = nil, received: Received? = nil, roundTrip: TimeSpan) {
        self.time = time
        self.sent = sent
        self.received = received
        self.roundTrip = roundTrip
    }
}
