/// The probes' ports. They are fixed at both ends, so that a queue that sorts flows by them does the same in each run.
package enum ProbePort {
    package static let tcp: UInt16 = 5201
    package static let udp: UInt16 = 5202
    package static let echo: UInt16 = 5203
    /// Added to a port for the sender's end.
    package static let senderOffset: UInt16 = 1000

    /// Added to the ports of the flow that is `number`th, from 1, of those that compete with the media.
    package static func offset(ofRival number: Int) -> UInt16 { UInt16(8 * number) }

    /// Whether a TCP connection between these ports is a probe's, of which a plan has fewer than a hundred.
    package static func isTCP(_ sender: UInt16, _ receiver: UInt16) -> Bool {
        sender == receiver &+ senderOffset && (tcp...(tcp + offset(ofRival: 100))).contains(receiver)
            && (receiver - tcp) % offset(ofRival: 1) == 0
    }
}

extension Plan {
    /// Where the probes' receiving ends listen.
    package var probePorts: Set<UInt16> {
        let base: Set = [ProbePort.tcp, ProbePort.udp, ProbePort.echo]
        return probes.indices.reduce(into: base) { ports, index in
            ports.formUnion(base.map { $0 + ProbePort.offset(ofRival: index + 1) })
        }
    }
}
