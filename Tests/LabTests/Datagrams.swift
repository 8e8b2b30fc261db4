import LabModel
import LinuxKit
import Netlink

@testable import Lab

/// Datagrams of any content from the sender to the receiver, a millisecond apart.
struct Datagrams {
    struct One: Sendable {
        var port: UInt16
        var payload: [UInt8] = []
        var isVersion6 = false
    }

    /// One that came.
    struct Arrival {
        /// Of those that were sent, from 0.
        var number: Int
        var delay: TimeSpan
    }

    let ones: [One]

    /// What came of them, in the order of their sending.
    func run(through lab: Lab) throws -> [Arrival] {
        let ends = Set(ones.map { End(port: $0.port, isVersion6: $0.isVersion6) })
        if ones.contains(where: \.isVersion6) { try Self.addVersion6(to: lab) }
        let incoming = try lab.receiver.namespace.inside {
            try ends.map { end in
                try DatagramSocket(bindingTo: end.isVersion6 ? "fd77::2" : lab.receiver.address, port: end.port)
            }
        }
        let outgoing = try lab.sender.namespace.inside {
            var sockets = [false: try DatagramSocket(bindingTo: lab.sender.address, port: 0)]
            if ones.contains(where: \.isVersion6) { sockets[true] = try DatagramSocket(bindingTo: "fd77::1", port: 0) }
            return sockets
        }
        var sent: [Int64] = []
        for (number, one) in ones.enumerated() {
            let target = try DatagramAddress(one.isVersion6 ? "fd77::2" : lab.receiver.address, port: one.port)
            sent.append(Clock.realtime())
            try outgoing[one.isVersion6]?.send(one.payload + UInt32(number).bytes, to: target)
            Clock.sleep(for: 1_000_000)
        }
        return try Self.receive(incoming).map { arrival in
            let number = Int(arrival.bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) })
            return Arrival(number: number, delay: TimeSpan(nanoseconds: arrival.time - sent[number]))
        }.sorted { $0.number < $1.number }
    }

    /// A lab has addresses of one version of IP; what tells packets apart has to know both.
    private static func addVersion6(to lab: Lab) throws {
        let ends = [("fd77::1", "fd77::2", UInt8(0x20)), ("fd77::2", "fd77::1", 0x10)]
        for (node, (own, other, ethernet)) in zip(lab.nodes, ends) {
            guard let own = InternetAddress(own), let other = InternetAddress(other) else { return }
            let interface = try InterfaceTable(node.socket)["eth0"]
            // Of several runs over one lab the first has given it.
            try? node.socket.addAddress(own, prefix: 64, to: interface)
            try node.socket.addNeighbour(other, at: EthernetAddress(local: ethernet), on: interface)
        }
    }

    private struct End: Hashable {
        var port: UInt16
        var isVersion6: Bool
    }

    /// Until nothing comes for half a second.
    private static func receive(_ sockets: [DatagramSocket]) throws -> [DatagramSocket.Arrival] {
        var arrivals: [DatagramSocket.Arrival] = []
        var drops: UInt32 = 0
        while true {
            let ready = try Poll.readable(sockets.map(\.raw), untilMonotonic: Clock.monotonic() + 500_000_000)
            guard ready.contains(true) else { return arrivals }
            for (socket, isReady) in zip(sockets, ready) where isReady { arrivals += try socket.receive(drops: &drops) }
        }
    }
}

extension UInt32 {
    fileprivate var bytes: [UInt8] { withUnsafeBytes(of: bigEndian, Array.init) }
}

extension [UInt8] {
    /// The first bytes of a packet of RTP.
    static func rtp(type: UInt8 = 96, sequence: UInt16 = 1, ssrc: UInt32 = 1) -> [UInt8] {
        [0x80, type] + Swift.withUnsafeBytes(of: sequence.bigEndian, Array.init) + [0, 0, 0, 1] + ssrc.bytes
    }

    /// Of one of RTCP: a sender report.
    static let rtcp: [UInt8] = [0x80, 200, 0, 6, 0, 0, 0, 1]
}
