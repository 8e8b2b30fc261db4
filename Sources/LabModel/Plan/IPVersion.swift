/// The Internet Protocol that the whole lab speaks.
package enum IPVersion: Int, Codable, Sendable, CaseIterable {
    case v4 = 4
    case v6 = 6

    /// Of a packet without options or extension headers, in bytes (RFC 791, RFC 8200).
    package var headerSize: Int { self == .v4 ? 20 : 40 }

    /// What a link has to carry at least (RFC 791 section 3.2, RFC 8200 section 5).
    package var leastMTU: ByteCount { ByteCount(self == .v4 ? 68 : 1280) }

    /// The bytes that a datagram of `payload` bytes takes as Ethernet frames over a link of `mtu`: one, or as many as
    /// its fragments (RFC 791 section 3.2, RFC 8200 section 4.5), whose payloads are multiples of eight bytes.
    package func framedSize(ofUDP payload: Int, mtu: ByteCount) -> ByteCount {
        let (ethernet, udp) = (14, 8)
        let whole = payload + udp
        if headerSize + whole <= mtu.bytes { return ByteCount(Int64(ethernet + headerSize + whole)) }
        let headers = headerSize + (self == .v4 ? 0 : 8)
        let room = (Int(mtu.bytes) - headers) / 8 * 8
        let fragments = (whole + room - 1) / room
        return ByteCount(Int64(whole + fragments * (ethernet + headers)))
    }
}
