internal import LabModel
internal import LinuxKit

/// One stream at the sender, and what its reports say.
final class StreamEnd {
    private let route: any PacketRoute
    private let facts: StreamFacts
    private let rtp: RTPStreamFacts
    private let name: String
    private var packets: UInt32 = 0
    private var octets: UInt32 = 0

    /// - Parameter name: the sender's canonical name (RFC 3550 section 6.5.1).
    init(_ facts: StreamFacts, _ rtp: RTPStreamFacts, route: any PacketRoute, name: String) {
        self.facts = facts
        self.rtp = rtp
        self.route = route
        self.name = name
    }

    /// Sends packets of the stream; returns how many were taken.
    func send(_ datagrams: ArraySlice<[UInt8]>) throws(Errno) -> Int {
        let sent = try route.send(datagrams)
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
        try? route.sendControl(RTCP.bytes(report, name: name) + more)
    }
}
