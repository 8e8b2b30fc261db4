/// One end of a TCP connection across the link at one moment, as its kernel sees it: a line of `tcp.jsonl`. What this
/// kernel does not tell, or nothing has shown yet, is absent.
package struct TCPSample: Codable, Hashable, Sendable {
    package var time: Timestamp
    /// The end of the link that the socket is at.
    package var point: CaptureFacts.Point
    package var local: TCPEndpoint
    package var remote: TCPEndpoint
    /// The congestion control's name, such as `cubic`.
    package var congestionControl: String?
    package var information: TCPInformation

    package init(
        time: Timestamp, point: CaptureFacts.Point, local: TCPEndpoint, remote: TCPEndpoint,
        congestionControl: String?, information: TCPInformation
    ) {
        self.time = time
        self.point = point
        self.local = local
        self.remote = remote
        self.congestionControl = congestionControl
        self.information = information
    }
}

/// An address and a port.
package struct TCPEndpoint: Codable, Hashable, Sendable, CustomStringConvertible {
    package var address: IPAddress
    package var port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// `192.0.2.1:1935` or `[2001:db8::1]:1935`.
    package var description: String { address.isVersion6 ? "[\(address)]:\(port)" : "\(address):\(port)" }
}

/// The kernel's `struct tcp_info` (linux/tcp.h), in units of ours.
package struct TCPInformation: Codable, Hashable, Sendable {
    /// `tcpi_snd_mss`: the payload of a segment.
    package var segmentSize: ByteCount?
    /// `tcpi_snd_cwnd`, in segments.
    package var congestionWindow: Int64?
    /// `tcpi_snd_ssthresh`, in segments; absent while there is none.
    package var slowStartThreshold: Int64?
    /// `tcpi_rtt` (smoothed), `tcpi_rttvar`, `tcpi_min_rtt`.
    package var roundTrip: TimeSpan?
    package var roundTripVariation: TimeSpan?
    package var leastRoundTrip: TimeSpan?
    /// `tcpi_unacked`, `tcpi_lost`: segments now under way, and now thought lost.
    package var unacknowledged: Int64?
    package var lost: Int64?
    /// `tcpi_total_retrans`: segments sent again since the connection began.
    package var retransmissions: Int64?
    /// `tcpi_bytes_retrans`.
    package var retransmitted: ByteCount?
    /// `tcpi_data_segs_out`: segments with payload, those sent again included.
    package var dataSegments: Int64?
    /// `tcpi_bytes_acked`, `tcpi_bytes_received`.
    package var acknowledged: ByteCount?
    package var received: ByteCount?
    /// `tcpi_notsent_bytes`: what the program has written and TCP has not sent yet.
    package var unsent: ByteCount?
    /// `tcpi_delivery_rate`, `tcpi_pacing_rate`; absent where pacing has no limit.
    package var deliveryRate: Rate?
    package var pacingRate: Rate?
    /// `tcpi_busy_time`, `tcpi_rwnd_limited`, `tcpi_sndbuf_limited`: how long there was data to send, and of that how
    /// long the receiver's window and the send buffer held it back.
    package var busy: TimeSpan?
    package var limitedByReceiver: TimeSpan?
    package var limitedByBuffer: TimeSpan?

    package init() {}
}
