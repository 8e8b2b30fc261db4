/// What libsrt tells of a connection at one of its ends (`srt_bstats`): a line of `media/srt-sender.jsonl` and
/// `media/srt-receiver.jsonl`. Counts are since the connection's start; bytes include the headers of SRT, UDP and IPv4.
package struct SRTSample: Codable, Hashable, Sendable {
    /// Of what this end sent.
    package struct Sent: Codable, Hashable, Sendable {
        /// Data packets, retransmitted ones included.
        package var packets: Int64
        /// Sent for the first time.
        package var unique: Int64
        package var retransmitted: Int64
        /// As the other side reported it.
        package var reportedLost: Int64
        /// Given up before they could be sent, because they would have come too late.
        package var dropped: Int64
        package var bytes: ByteCount
        package var retransmittedBytes: ByteCount
        /// ACK and NAK packets that came back.
        package var acknowledgements: Int64
        package var lossReports: Int64
        /// Media that waits for its acknowledgement.
        package var buffer: TimeSpan

        package init(
            packets: Int64, unique: Int64, retransmitted: Int64, reportedLost: Int64, dropped: Int64,
            bytes: ByteCount, retransmittedBytes: ByteCount, acknowledgements: Int64, lossReports: Int64,
            buffer: TimeSpan
        ) {
            self.packets = packets
            self.unique = unique
            self.retransmitted = retransmitted
            self.reportedLost = reportedLost
            self.dropped = dropped
            self.bytes = bytes
            self.retransmittedBytes = retransmittedBytes
            self.acknowledgements = acknowledgements
            self.lossReports = lossReports
            self.buffer = buffer
        }
    }

    /// Of what came to this end.
    package struct Received: Codable, Hashable, Sendable {
        /// Data packets, retransmitted ones included.
        package var packets: Int64
        /// Taken for the first time and in time.
        package var unique: Int64
        package var retransmitted: Int64
        /// Found missing, and asked for again.
        package var lost: Int64
        /// Left out of what is given out, because they had not come in time.
        package var dropped: Int64
        /// Came when their time was over.
        package var belated: Int64
        package var undecrypted: Int64
        package var bytes: ByteCount
        /// ACK and NAK packets that went out.
        package var acknowledgements: Int64
        package var lossReports: Int64
        /// Media that waits until its time has come.
        package var buffer: TimeSpan

        package init(
            packets: Int64, unique: Int64, retransmitted: Int64, lost: Int64, dropped: Int64, belated: Int64,
            undecrypted: Int64, bytes: ByteCount, acknowledgements: Int64, lossReports: Int64, buffer: TimeSpan
        ) {
            self.packets = packets
            self.unique = unique
            self.retransmitted = retransmitted
            self.lost = lost
            self.dropped = dropped
            self.belated = belated
            self.undecrypted = undecrypted
            self.bytes = bytes
            self.acknowledgements = acknowledgements
            self.lossReports = lossReports
            self.buffer = buffer
        }
    }

    package var time: Timestamp
    package var sent: Sent
    package var received: Received
    /// Smoothed.
    package var roundTrip: TimeSpan
    /// How long after its sending a packet is given out: what both ends agreed on.
    package var latency: TimeSpan
    /// Estimated from packet pairs.
    package var bandwidth: Rate

    package init(
        time: Timestamp, sent: Sent, received: Received, roundTrip: TimeSpan, latency: TimeSpan, bandwidth: Rate
    ) {
        self.time = time
        self.sent = sent
        self.received = received
        self.roundTrip = roundTrip
        self.latency = latency
        self.bandwidth = bandwidth
    }
}
