internal import LabModel
internal import LinuxKit

/// One stream's pair of sockets at the sender, and what its reports say.
final class StreamEnd {
    let control: DatagramSocket
    private let media: DatagramSocket
    private let facts: StreamFacts
    private let rtp: RTPStreamFacts
    private let mediaAddress: DatagramAddress
    private let controlAddress: DatagramAddress
    private let name: String
    private var packets: UInt32 = 0
    private var octets: UInt32 = 0

    /// - Parameter port: of RTP at both ends; RTCP has the next.
    init(_ facts: StreamFacts, _ rtp: RTPStreamFacts, port: UInt16, bind: String, to: String) throws(SystemCallError) {
        self.facts = facts
        self.rtp = rtp
        media = try DatagramSocket(bindingTo: bind, port: port)
        control = try DatagramSocket(bindingTo: bind, port: port + 1)
        mediaAddress = try DatagramAddress(to, port: port)
        controlAddress = try DatagramAddress(to, port: port + 1)
        name = "netlab@\(bind)"
    }

    /// Sends packets of the stream; returns how many the kernel took.
    func send(_ datagrams: ArraySlice<[UInt8]>) throws(Errno) -> Int {
        let sent = try media.send(datagrams, to: mediaAddress)
        packets &+= UInt32(sent)
        octets &+= UInt32(datagrams.prefix(sent).reduce(0) { $0 + $1.count - RTPHeader.size })
        return sent
    }

    /// A report for now.
    func report(_ clock: SendClock) {
        sendReport(clock, and: [])
    }

    /// The last report, and BYE.
    func leave(_ clock: SendClock) {
        sendReport(clock, and: RTCP.goodbye(rtp.ssrc))
    }

    private func sendReport(_ clock: SendClock, and more: [UInt8]) {
        let moment = Clock.monotonic()
        let ticks = clock.ticks(at: moment, rate: facts.clockRate)
        let report = RTCP.SenderReport(
            ssrc: rtp.ssrc, ntp: RTCP.ntp(clock.realtime(moment).nanoseconds),
            timestamp: facts.firstTimestamp &+ UInt32(truncatingIfNeeded: ticks), packets: packets, octets: octets)
        // A report that the kernel refuses is one lost; the next follows.
        try? control.send(RTCP.bytes(report, name: name) + more, to: controlAddress)
    }
}
