import LabModel

extension SampleResult {
    /// A pull of the media over TCP, and a flow of a probe of which its kernel tells little.
    static var tcp: TCPReport {
        let sender = IPAddress(version4: 0x0a4d_0001)
        let receiver = IPAddress(version4: 0x0a4d_0002)
        var pull = TCPFlowReport(
            direction: .downlink, sender: TCPEndpoint(address: sender, port: 1935),
            receiver: TCPEndpoint(address: receiver, port: 40112), isProbe: false, first: .milliseconds(3),
            last: .seconds(29.903))
        pull.congestionControl = "cubic"
        pull.delivered = ByteCount(9_912_345)
        (pull.dataSegments, pull.retransmissions, pull.retransmitted) = (6904, 58, ByteCount(83_984))
        pull.roundTrip = distribution(0.043, 0.138, 0.151)
        pull.leastRoundTrip = .milliseconds(40.2)
        (pull.meanWindow, pull.greatestWindow) = (ByteCount(44_888), ByteCount(92_672))
        (pull.greatestUnsent, pull.greatestDeliveryRate) = (ByteCount(310_000), Rate(bitsPerSecond: 9_800_000))
        (pull.busy, pull.limitedByReceiver, pull.limitedByBuffer) = (.seconds(21.4), .zero, .seconds(1.2))
        let probe = TCPFlowReport(
            direction: .downlink, sender: TCPEndpoint(address: sender, port: 6209),
            receiver: TCPEndpoint(address: receiver, port: 5209), isProbe: true, first: .seconds(10.003),
            last: .seconds(19.903))
        return TCPReport(flows: [pull, probe])
    }
}
