internal import LabModel

/// How many bytes TCP brought from one port, each once however often it came: of each connection, from behind its opening
/// to the furthest byte.
struct StreamExtent {
    private struct Connection: Hashable {
        var clientPort: UInt16
        /// A port may be used again.
        var opening: UInt32
    }

    private let port: UInt16
    private var current: [UInt16: Connection] = [:]
    private var lengths: [Connection: Int64] = [:]

    /// - Parameter port: the server's.
    init(port: UInt16) {
        self.port = port
    }

    mutating func add(_ packet: borrowing NetworkPacket) {
        guard packet.sourcePort == port, let segment = packet.segment else { return }
        if segment.isOpening {
            current[packet.destinationPort] = Connection(
                clientPort: packet.destinationPort, opening: segment.sequence)
        }
        guard packet.payloadLength > 0, let connection = current[packet.destinationPort] else { return }
        let length = lengths[connection, default: 0]
        // The opening takes a number of its own. Sequence numbers wrap; what is new lies near to what was there.
        let next = connection.opening &+ 1 &+ UInt32(truncatingIfNeeded: length)
        let end = segment.sequence &+ UInt32(truncatingIfNeeded: packet.payloadLength)
        lengths[connection] = length + Int64(max(Int32(bitPattern: end &- next), 0))
    }

    /// Nil where no connection was seen to open.
    var bytes: ByteCount? { current.isEmpty ? nil : ByteCount(lengths.values.reduce(0, +)) }
}
