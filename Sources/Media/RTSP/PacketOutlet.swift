package import LabModel

/// What a server is handed RTP packets through, each when its time has come.
package protocol PacketOutlet: AnyObject {
    /// Lets the streams flow, whose first packets it has been holding back.
    ///
    /// - Parameter start: when presentation time 0 leaves (monotonic, ns).
    func open(at start: Int64)

    /// Sends a packet.
    ///
    /// - Parameters:
    ///   - stream: one of the camera's.
    ///   - camera: from 1.
    ///   - time: the packet's own, in ns since the start: what its RTP timestamp says.
    func send(_ packet: [UInt8], of stream: Int, camera: Int, time: Int64)

    /// Ends the streams, and returns once nobody is left who might still want something of them.
    func close()
}

/// A stream as a server announces it.
package struct ServedStream: Sendable {
    package let facts: StreamFacts
    /// The media part of a session description (RFC 4566).
    package let description: String
    /// The first packet, by which a server knows where the stream's numbers begin.
    package let firstPacket: [UInt8]
}
