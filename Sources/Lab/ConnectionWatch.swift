package import LabModel
internal import LinuxKit
package import Netlink

/// Reads what the kernel knows of the TCP connections across a lab's link, whoever's they are.
package struct ConnectionWatch: Sendable {
    private let ends: [(point: CaptureFacts.Point, diagnosis: SocketDiagnosis)]

    package init(_ lab: Lab) throws {
        ends = [
            (.sender, try SocketDiagnosis.open(in: lab.sender.namespace)),
            (.receiver, try SocketDiagnosis.open(in: lab.receiver.namespace)),
        ]
    }

    /// Both ends of each connection; what is between programs of one end is left out.
    package func sample() throws(NetlinkError) -> [TCPSample] {
        var samples: [TCPSample] = []
        for (point, diagnosis) in ends {
            let time = Timestamp(nanoseconds: Clock.realtime())
            for reading in try diagnosis.connections() where reading.local.address != reading.remote.address {
                samples.append(
                    TCPSample(
                        time: time, point: point, local: reading.local, remote: reading.remote,
                        congestionControl: reading.congestionControl, information: reading.information))
            }
        }
        return samples
    }
}
