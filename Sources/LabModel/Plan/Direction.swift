/// One way across the link.
package enum Direction: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    /// From the sender to the receiver: the media's way.
    case downlink
    /// From the receiver back to the sender.
    case uplink
}
