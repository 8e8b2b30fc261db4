internal import LabModel
internal import LinuxKit

/// MPEG-TS straight in UDP datagrams.
package final class UDPCarrier: DatagramCarrier {
    private let socket: DatagramSocket
    private let address: DatagramAddress

    package init(bind: String, to: String, port: UInt16) throws {
        socket = try DatagramSocket(bindingTo: bind, port: 0)
        address = try DatagramAddress(to, port: port)
    }

    package func send(_ datagrams: [[UInt8]]) throws -> Int { try socket.send(datagrams[...], to: address) }
}

/// Datagrams of one port, each a piece of the transport stream.
package final class UDPSource: DatagramSource {
    private let socket: DatagramSocket
    private var dropped: UInt32 = 0

    package init(bind: String, port: UInt16) throws {
        socket = try DatagramSocket(bindingTo: bind, port: port)
    }

    package var drops: Int64 { Int64(dropped) }

    package func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)] {
        guard try Poll.readable([socket.raw], untilMonotonic: deadline).contains(true) else { return [] }
        Clock.sleep(for: DatagramSocket.gathering)
        var arrivals: [(bytes: [UInt8], time: Int64)] = []
        var batch: [DatagramSocket.Arrival]
        repeat {
            batch = try socket.receive(drops: &dropped)
            arrivals += batch.map { ($0.bytes, $0.time) }
        } while batch.count == DatagramSocket.batch
        return arrivals
    }
}
