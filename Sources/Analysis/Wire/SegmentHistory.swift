internal import LabModel

/// Which bytes of TCP connections were sent before, by their sequence numbers (RFC 9293 section 3.4).
struct SegmentHistory {
    private struct Connection: Hashable {
        var source: IPAddress
        var destination: IPAddress
        var ports: UInt32
    }

    /// Of each connection's one way, the sequence number behind the last byte sent.
    private var ends: [Connection: UInt32] = [:]

    /// Notes a segment; how many bytes of its payload had been sent before.
    mutating func add(_ segment: TCPSegment, of packet: borrowing NetworkPacket) -> Int {
        let connection = Connection(
            source: packet.source, destination: packet.destination,
            ports: UInt32(packet.sourcePort) << 16 | UInt32(packet.destinationPort))
        let length = packet.payloadLength
        let end = segment.sequence &+ UInt32(truncatingIfNeeded: length) &+ (segment.isOpening ? 1 : 0)
        guard let before = ends[connection], !segment.isOpening else {
            ends[connection] = end
            return 0
        }
        let new = Int(Int32(bitPattern: end &- before))
        if new > 0 { ends[connection] = end }
        return min(max(length - new, 0), length)
    }
}
