internal import LabModel
internal import LinuxKit

/// One stream's pair of sockets at the receiver.
final class ReceivingStream {
    let facts: StreamFacts
    private let rtp: RTPStreamFacts
    let media: DatagramSocket
    let control: DatagramSocket
    var state: ReceptionState
    private let reportAddress: DatagramAddress
    private let name: String
    private var mediaDrops: UInt32 = 0
    private var controlDrops: UInt32 = 0

    init(_ facts: StreamFacts, _ rtp: RTPStreamFacts, port: UInt16, bind: String, sender: String)
        throws(SystemCallError)
    {
        self.facts = facts
        self.rtp = rtp
        media = try DatagramSocket(bindingTo: bind, port: port)
        control = try DatagramSocket(bindingTo: bind, port: port + 1)
        reportAddress = try DatagramAddress(sender, port: port + 1)
        name = "netlab@\(bind)"
        state = ReceptionState(rtp, clockRate: facts.clockRate)
    }

    /// Datagrams that the kernel dropped for lack of room in the sockets.
    var drops: Int64 { Int64(mediaDrops) + Int64(controlDrops) }

    func receiveMedia() throws(Errno) -> [DatagramSocket.Arrival] { try media.receive(drops: &mediaDrops) }

    func receiveControl() throws(Errno) -> [DatagramSocket.Arrival] { try control.receive(drops: &controlDrops) }

    /// Sends a receiver report, once there is something to report.
    func report() {
        guard let block = state.block(at: Clock.realtime()) else { return }
        // The receiver sends no media of its own; its identifier must only differ from the sender's.
        try? control.send(RTCP.bytes(from: ~rtp.ssrc, block, name: name), to: reportAddress)
    }
}
