/// An active measurement from the sender to the receiver, beside the media.
package enum ProbePlan: Codable, Hashable, Sendable {
    /// As much as goes through, for `duration`, ending before the media starts.
    case throughput(Throughput)
    /// A small UDP datagram and its echo at each interval, while the media plays.
    case latency(interval: TimeSpan)

    package struct Throughput: Codable, Hashable, Sendable {
        package enum Transport: String, Codable, Sendable, CaseIterable {
            case tcp
            case udp
        }

        package var transport: Transport
        package var duration: TimeSpan
        /// What UDP offers, at the Ethernet layer; TCP takes what it gets.
        package var offered: Rate?
        /// UDP payload of each datagram; `nil` is `usualPayload`, and TCP has none.
        package var payload: ByteCount?

        /// What RTP senders commonly use.
        package static let usualPayload = ByteCount(1200)

        package init(
            transport: Transport, duration: TimeSpan, offered: Rate? = nil, payload: ByteCount? = nil
        ) {
            self.transport = transport
            self.duration = duration
            self.offered = offered
            self.payload = payload
        }
    }
}
