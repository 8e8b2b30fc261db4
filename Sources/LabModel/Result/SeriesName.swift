extension Series {
    /// The series that analysis makes and reports draw.
    package enum Name {
        /// The rate asked of a direction, and what arrived, Ethernet layer.
        package static func rateAsked(_ direction: Direction) -> String { "link.\(direction.rawValue).rate.asked" }
        package static func rate(_ direction: Direction) -> String { "link.\(direction.rawValue).rate" }
        /// One-way delay: median, 5th and 95th percentile of each bin.
        package static func delay(_ direction: Direction) -> String { "link.\(direction.rawValue).delay" }
        package static func delayLow(_ direction: Direction) -> String { "link.\(direction.rawValue).delay.p5" }
        package static func delayHigh(_ direction: Direction) -> String { "link.\(direction.rawValue).delay.p95" }
        package static func delayAsked(_ direction: Direction) -> String { "link.\(direction.rawValue).delay.asked" }
        /// Share of the packets sent in each bin that never arrived.
        package static func loss(_ direction: Direction) -> String { "link.\(direction.rawValue).loss" }
        /// Bytes in the bottleneck's queue.
        package static func backlog(_ direction: Direction) -> String { "link.\(direction.rawValue).backlog" }
        /// Of one of several hops, from 1; `nil` leaves a name as it is.
        package static func ofHop(_ hop: Int?, _ name: String) -> String { hop.map { "hop\($0).\(name)" } ?? name }
        package static func jitter(_ kind: MediaKind) -> String { "rtp.\(kind.rawValue).jitter" }
        package static func rtpRate(_ kind: MediaKind) -> String { "rtp.\(kind.rawValue).rate" }
        /// Of one TCP connection, numbered from 1 as in `TCPReport.flows`: congestion window in bytes, smoothed round trip,
        /// segments sent again in each bin.
        package static func tcpWindow(_ flow: Int) -> String { "tcp.\(flow).window" }
        package static func tcpRoundTrip(_ flow: Int) -> String { "tcp.\(flow).srtt" }
        package static func tcpRetransmissions(_ flow: Int) -> String { "tcp.\(flow).retransmissions" }
        /// Of the HTTP client: the rendition's rate, its estimate of the network's, and what it held.
        package static let rendition = "http.rendition"
        package static let estimate = "http.estimate"
        package static let clientBuffer = "http.buffer"
        package static let buffer = "player.buffer"
        package static let latency = "player.latency"
        package static let repairRoundTrip = "repair.rtt"
        /// Media that waits at the sender for its acknowledgement, and at the receiver for its time.
        package static let repairSenderBuffer = "repair.sender.buffer"
        package static let repairReceiverBuffer = "repair.receiver.buffer"
        /// What the sender sends, and how much of that for another time.
        package static let repairRate = "repair.rate"
        package static let repairRetransmittedRate = "repair.retransmitted.rate"
        package static let syncTransport = "avsync.transport"
        package static let syncContent = "avsync.content"
        package static let syncArrival = "avsync.arrival"
    }
}
