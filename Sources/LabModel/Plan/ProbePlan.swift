/// An active measurement from the sender to the receiver, beside the media.
package enum ProbePlan: Codable, Hashable, Sendable {
    /// As much as goes through, for `duration`, ending before the media starts.
    case throughput(Throughput)
    /// A small UDP datagram and its echo at each interval, while the media plays.
    case latency(interval: TimeSpan)

    /// Whether it takes the link from the media.
    package var competes: Bool { if case .throughput(let flow) = self { flow.rivalry != nil } else { false } }

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
        /// Where it competes with the media; `nil` before the media starts.
        package var rivalry: Rivalry?

        /// What RTP senders commonly use.
        package static let usualPayload = ByteCount(1200)

        package init(
            transport: Transport, duration: TimeSpan, offered: Rate? = nil, payload: ByteCount? = nil,
            rivalry: Rivalry? = nil
        ) {
            self.transport = transport
            self.duration = duration
            self.offered = offered
            self.payload = payload
            self.rivalry = rivalry
        }
    }

    /// When, which way and where a flow runs beside the media.
    package struct Rivalry: Codable, Hashable, Sendable {
        /// Since the stream's start.
        package var at: TimeSpan
        package var direction: Direction
        /// The hop that it enters before and leaves behind, from 1; `nil` where it takes the media's whole way.
        package var hop: Int?

        package init(at: TimeSpan = .zero, direction: Direction = .downlink, hop: Int? = nil) {
            self.at = at
            self.direction = direction
            self.hop = hop
        }
    }
}
