/// What a probe measured.
package struct ProbeResult: Codable, Hashable, Sendable {
    package var plan: ProbePlan
    package var started: Timestamp
    package var ended: Timestamp
    package var intervals: [Interval]
    /// Received over the steady part of the test at the Ethernet layer, headers included and frame check sequence not.
    package var ethernetRate: Rate?
    /// Received payload (iperf3's figure), over the same time.
    package var payloadRate: Rate?
    /// TCP only (`tcp_info.tcpi_total_retrans`).
    package var retransmissions: Int64?
    /// UDP only: datagrams sent, missing, and out of order at the receiver.
    package var sent: Int64?
    package var lost: Int64?
    package var reordered: Int64?
    /// UDP only: RFC 3550's smoothed jitter at the end.
    package var jitter: TimeSpan?
    /// Latency probe only: the echoes, in order of sending; lost ones have none.
    package var echoes: [Echo]?
    /// The test could not end as planned, and why.
    package var failure: String?

    /// One reporting interval of a throughput test, as the receiver saw it.
    package struct Interval: Codable, Hashable, Sendable {
        /// Since the test's start.
        package var start: TimeSpan
        package var end: TimeSpan
        package var bytes: ByteCount
        package var packets: Int64?
        package var lost: Int64?
        package var retransmissions: Int64?
        /// TCP's smoothed round trip (`tcpi_rtt`) and congestion window in bytes.
        package var roundTrip: TimeSpan?
        package var congestionWindow: ByteCount?

        package init(
            start: TimeSpan, end: TimeSpan, bytes: ByteCount, packets: Int64? = nil, lost: Int64? = nil,
            retransmissions: Int64? = nil, roundTrip: TimeSpan? = nil, congestionWindow: ByteCount? = nil
        ) {
            self.start = start
            self.end = end
            self.bytes = bytes
            self.packets = packets
            self.lost = lost
            self.retransmissions = retransmissions
            self.roundTrip = roundTrip
            self.congestionWindow = congestionWindow
        }
    }

    /// One datagram of the latency probe.
    package struct Echo: Codable, Hashable, Sendable {
        package var sent: Timestamp
        package var roundTrip: TimeSpan?

        package init(sent: Timestamp, roundTrip: TimeSpan?) {
            self.sent = sent
            self.roundTrip = roundTrip
        }
    }

    package init(plan: ProbePlan, started: Timestamp, ended: Timestamp, intervals: [Interval] = []) {
        self.plan = plan
        self.started = started
        self.ended = ended
        self.intervals = intervals
    }
}
