internal import LinuxKit

/// How one stream's packets get to the other side.
protocol PacketRoute: AnyObject {
    /// Sends RTP packets in order; returns how many were taken, and throws where the first was refused.
    func send(_ packets: ArraySlice<[UInt8]>) throws(Errno) -> Int

    /// Sends an RTCP packet.
    func sendControl(_ packet: [UInt8]) throws(Errno)
}

/// A pair of UDP sockets.
final class DatagramRoute: PacketRoute {
    /// Ports of RTP and RTCP.
    struct Ports: Hashable {
        let media: UInt16
        let control: UInt16
    }

    let control: DatagramSocket
    private let media: DatagramSocket
    private let mediaAddress: DatagramAddress
    private let controlAddress: DatagramAddress

    /// - Parameters:
    ///   - bind: an address of this host's, whose ports are `own`.
    ///   - to: the other side's address.
    init(bind: String, _ own: Ports, to: String, _ theirs: Ports) throws(SystemCallError) {
        media = try DatagramSocket(bindingTo: bind, port: own.media)
        control = try DatagramSocket(bindingTo: bind, port: own.control)
        mediaAddress = try DatagramAddress(to, port: theirs.media)
        controlAddress = try DatagramAddress(to, port: theirs.control)
    }

    func send(_ packets: ArraySlice<[UInt8]>) throws(Errno) -> Int { try media.send(packets, to: mediaAddress) }

    func sendControl(_ packet: [UInt8]) throws(Errno) { try control.send(packet, to: controlAddress) }
}

extension DatagramRoute.Ports {
    /// RTP's port and the next one.
    init(from first: UInt16) { self.init(media: first, control: first + 1) }
}
