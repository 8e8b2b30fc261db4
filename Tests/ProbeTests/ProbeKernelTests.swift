import Lab
import LabModel
import LinuxKit
import Synchronization
import Testing

@testable import Probe

/// One row: a link, and how a TCP test over it is asked for.
struct RateCase: CustomTestStringConvertible {
    let testDescription: String
    let rate: Rate
    var delay = TimeSpan.milliseconds(20)
    var transport = ProbePlan.Throughput.Transport.tcp
    var isVersion6 = false
    var seconds = 3.0

    static let all = [
        RateCase(testDescription: "TCP at 2 Mbit/s", rate: Rate(bitsPerSecond: 2_000_000), seconds: 5),
        RateCase(testDescription: "TCP at 10 Mbit/s", rate: Rate(bitsPerSecond: 10_000_000)),
        RateCase(testDescription: "TCP at 50 Mbit/s", rate: Rate(bitsPerSecond: 50_000_000)),
        RateCase(testDescription: "TCP over IPv6", rate: Rate(bitsPerSecond: 10_000_000), isVersion6: true),
        RateCase(testDescription: "UDP at 500 kbit/s", rate: Rate(bitsPerSecond: 500_000), transport: .udp),
        RateCase(testDescription: "UDP at 10 Mbit/s", rate: Rate(bitsPerSecond: 10_000_000), transport: .udp),
        RateCase(
            testDescription: "UDP over IPv6", rate: Rate(bitsPerSecond: 10_000_000), transport: .udp, isVersion6: true),
    ]
}

/// Throughput and latency over a real lab. Needs root in a kernel with netem.
@Suite(.serialized) struct ProbeKernelTests {
    @Test(arguments: RateCase.all) func rateIsTheLinks(_ row: RateCase) throws {
        let impairment = Impairment(rate: row.rate, delay: row.delay)
        try withLab(downlink: impairment) { lab in
            let path = lab.path(rate: row.rate, isVersion6: row.isVersion6)
            let plan = ProbePlan.Throughput(transport: row.transport, duration: .seconds(row.seconds))
            var seen = 0
            let result = ThroughputProbe(plan, over: path).run { _ in seen += 1 }
            #expect(result.failure == nil)
            let rate = try #require(result.ethernetRate)
            #expect(abs(Double(rate.bitsPerSecond) / Double(row.rate.bitsPerSecond) - 1) < 0.01, "\(rate)")
            let payload = try #require(result.payloadRate)
            #expect(payload < rate && Double(payload.bitsPerSecond) > 0.9 * Double(rate.bitsPerSecond), "\(payload)")
            #expect(seen == result.intervals.count)
            #expect(abs(seen - Int(row.seconds * 5)) <= 1)
            #expect(try lab.sampleQueues().allSatisfy { $0.backlogPackets == 0 })
        }
    }

    /// The first second of a stream on a queue that an earlier test left full would measure that test.
    @Test(arguments: [ProbePlan.Throughput.Transport.tcp, .udp])
    func theQueueIsEmptyAfterwards(_ transport: ProbePlan.Throughput.Transport) throws {
        let rate = Rate(bitsPerSecond: 1_000_000)
        try withLab(downlink: Impairment(rate: rate, queue: .time(.seconds(2)))) { lab in
            let plan = ProbePlan.Throughput(transport: transport, duration: .seconds(4))
            let result = ThroughputProbe(plan, over: lab.path(rate: rate)).run()
            #expect(result.failure == nil)
            #expect(try lab.sampleQueues().allSatisfy { $0.backlogPackets == 0 })
            // It was not empty all the time, or this would show nothing.
            #expect((result.ended - result.started) > .seconds(4.5))
        }
    }

    @Test func lossIsCounted() throws {
        let loss = try #require(Probability(0.05))
        let impairment = Impairment(delay: .milliseconds(10), loss: .independent(loss))
        try withLab(downlink: impairment) { lab in
            let plan = ProbePlan.Throughput(
                transport: .udp, duration: .seconds(4), offered: Rate(bitsPerSecond: 10_000_000))
            let result = ThroughputProbe(plan, over: lab.path(rate: nil)).run()
            #expect(result.failure == nil)
            let sent = try #require(result.sent)
            let lost = try #require(result.lost)
            #expect(sent == 4026)
            // The 99.99 % interval of 4026 trials at 0.05.
            #expect((150...255).contains(lost))
            #expect(result.reordered == 0)
            #expect(result.intervals.compactMap(\.lost).reduce(0, +) <= lost)
            #expect(try #require(result.jitter) < .milliseconds(1))
        }
    }

    @Test func echoesTakeBothDelays() throws {
        try withLab(
            downlink: Impairment(delay: .milliseconds(20)), uplink: Impairment(delay: .milliseconds(5))
        ) { lab in
            let probe = try LatencyProbe.start(interval: .milliseconds(20), over: lab.path(rate: nil))
            Clock.sleep(for: 1_000_000_000)
            let result = probe.stop()
            #expect(result.failure == nil)
            let roundTrips = try #require(result.echoes).map(\.roundTrip)
            #expect((49...52).contains(roundTrips.count))
            let sorted = roundTrips.compactMap { $0?.milliseconds }.sorted()
            #expect(sorted.count == roundTrips.count)
            #expect(abs(sorted[sorted.count / 2] - 25) < 0.5, "\(sorted)")
        }
    }

    @Test func iperf3AgreesOnPayload() throws {
        let rate = Rate(bitsPerSecond: 10_000_000)
        try withLab(downlink: Impairment(rate: rate, delay: .milliseconds(20))) { lab in
            let plan = ProbePlan.Throughput(transport: .tcp, duration: .seconds(4))
            let ours = ThroughputProbe(plan, over: lab.path(rate: rate)).run()
            let theirs = try iperf3(lab, seconds: 4)
            let payload = try #require(ours.payloadRate)
            #expect(abs(Double(payload.bitsPerSecond) / theirs - 1) < 0.02, "\(payload) against \(theirs)")
        }
    }

    @Test func aTestCanBeStopped() throws {
        let rate = Rate(bitsPerSecond: 1_000_000)
        try withLab(downlink: Impairment(rate: rate)) { lab in
            let end = Clock.monotonic() + 1_000_000_000
            let plan = ProbePlan.Throughput(transport: .tcp, duration: .seconds(60))
            let result = ThroughputProbe(plan, over: lab.path(rate: rate)).run(
                shouldStop: { Clock.monotonic() > end })
            #expect(result.failure == "stopped before its end")
            #expect((result.ended - result.started) < .seconds(4))
            #expect(!result.intervals.isEmpty)
        }
    }

    @Test func aDeadLinkIsAFailureAndNoHang() throws {
        let gone = try #require(Probability(1))
        let rate = Rate(bitsPerSecond: 1_000_000)
        try withLab(downlink: Impairment(rate: rate, loss: .independent(gone))) { lab in
            let path = lab.path(rate: rate)
            let udp = ThroughputProbe(.init(transport: .udp, duration: .seconds(1)), over: path).run()
            #expect(udp.failure == "nothing arrived")
            #expect(udp.ethernetRate == Rate(bitsPerSecond: 0))
            let tcp = ThroughputProbe(.init(transport: .tcp, duration: .seconds(1)), over: path).run()
            #expect(tcp.failure?.hasPrefix("no connection") == true)
            #expect(tcp.ethernetRate == nil)
        }
    }

    @Test func whatWouldNeverEndIsRefused() throws {
        let namespace = try NetworkNamespace.current()
        let path = ProbePath(
            sender: namespace, receiver: namespace, senderAddress: "127.0.0.1", receiverAddress: "127.0.0.1",
            rate: nil, isVirtualTime: true)
        let tcp = ThroughputProbe(.init(transport: .tcp, duration: .seconds(1)), over: path).run()
        #expect(tcp.failure?.contains("never ends in virtual time") == true)
        let udp = ThroughputProbe(.init(transport: .udp, duration: .seconds(1)), over: path).run()
        #expect(udp.failure?.contains("how much to offer") == true)
    }
}

/// Builds a lab in a namespace of its own, and gives it up afterwards.
private func withLab(downlink: Impairment, uplink: Impairment = .clean, _ body: (Lab) throws -> Void) throws {
    let plan = Plan(slug: "test", name: "test", seed: 7, link: [.downlink: downlink, .uplink: uplink])
    try NetworkNamespace.make().inside { try body(try Lab.build(plan: plan)) }
}

/// What iperf3's receiver says in bit/s of payload, its first second left out.
private func iperf3(_ lab: Lab, seconds: Int) throws -> Double {
    var server = Command("iperf3", ["--server", "--one-off"])
    server.output = .null
    server.namespace = lab.receiver.namespace
    let listening = try ChildProcess.start(server)
    defer { listening.terminate(grace: 1_000_000_000) }
    Clock.sleep(for: 500_000_000)
    var client = Command(
        "iperf3",
        [
            "--client", lab.receiver.address.ipv4, "--time", "\(seconds)", "--omit", "1", "--format", "k",
            "--get-server-output",
        ])
    client.namespace = lab.sender.namespace
    let result = try ChildProcess.run(client, timeout: 30_000_000_000)
    let line = try #require(
        result.outputText.split(separator: "\n").last { $0.hasSuffix("receiver") }, "\(result.outputText)")
    let words = line.split(separator: " ")
    let unit = try #require(words.firstIndex(of: "Kbits/sec"))
    return try #require(Double(words[unit - 1])) * 1000
}

extension Lab {
    /// From the sender to the receiver, in real time.
    fileprivate func path(rate: Rate?, isVersion6: Bool = false) -> ProbePath {
        ProbePath(
            sender: sender.namespace, receiver: receiver.namespace,
            senderAddress: isVersion6 ? sender.address.ipv6 : sender.address.ipv4,
            receiverAddress: isVersion6 ? receiver.address.ipv6 : receiver.address.ipv4, rate: rate,
            isVirtualTime: false)
    }
}
