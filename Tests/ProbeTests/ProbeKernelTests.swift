import Lab
import LabModel
import LinuxKit
import Testing

@testable import Probe

/// One row: a link, and how a TCP test over it is asked for.
struct RateCase: CustomTestStringConvertible {
    let testDescription: String
    let rate: Rate
    var delay = TimeSpan.milliseconds(20)
    var transport = ProbePlan.Throughput.Transport.tcp
    var ip = IPVersion.v4
    var mtu = ByteCount.ethernetMTU
    var seconds = 3.0
    /// Of the rate, what is payload.
    var least = 0.9

    static let all = [
        RateCase(testDescription: "TCP at 2 Mbit/s", rate: Rate(bitsPerSecond: 2_000_000), seconds: 5),
        RateCase(testDescription: "TCP at 10 Mbit/s", rate: Rate(bitsPerSecond: 10_000_000)),
        RateCase(testDescription: "TCP at 50 Mbit/s", rate: Rate(bitsPerSecond: 50_000_000)),
        RateCase(testDescription: "TCP over IPv6", rate: Rate(bitsPerSecond: 10_000_000), ip: .v6),
        RateCase(
            testDescription: "TCP whose segments follow the MTU", rate: Rate(bitsPerSecond: 10_000_000), ip: .v6,
            mtu: ByteCount(1280)),
        RateCase(
            testDescription: "TCP with large packets", rate: Rate(bitsPerSecond: 50_000_000), mtu: ByteCount(9000)),
        RateCase(testDescription: "UDP at 500 kbit/s", rate: Rate(bitsPerSecond: 500_000), transport: .udp),
        RateCase(testDescription: "UDP at 10 Mbit/s", rate: Rate(bitsPerSecond: 10_000_000), transport: .udp),
        RateCase(
            testDescription: "UDP over IPv6", rate: Rate(bitsPerSecond: 10_000_000), transport: .udp, ip: .v6),
        RateCase(
            testDescription: "UDP in fragments", rate: Rate(bitsPerSecond: 10_000_000), transport: .udp,
            // The full queue takes a fragment of most datagrams.
            mtu: ByteCount(500), least: 0.4),
    ]
}

/// Throughput and latency over a real lab. Needs root in a kernel with netem.
///
/// A lab is used on a thread of its own, which does not belong to a test, so what is expected is said outside of it.
@Suite(.serialized) struct ProbeKernelTests {
    @Test(arguments: RateCase.all) func rateIsTheLinks(_ row: RateCase) throws {
        var seen = 0
        let (result, queues) = try withLab(
            downlink: Impairment(rate: row.rate, delay: row.delay), ip: row.ip, mtu: row.mtu
        ) { lab in
            let plan = ProbePlan.Throughput(transport: row.transport, duration: .seconds(row.seconds))
            let path = lab.path(rate: row.rate, ip: row.ip, mtu: row.mtu)
            return (ThroughputProbe(plan, over: path).run { _ in seen += 1 }, try lab.sampleQueues())
        }
        #expect(result.failure == nil)
        let rate = try #require(result.ethernetRate)
        #expect(abs(Double(rate.bitsPerSecond) / Double(row.rate.bitsPerSecond) - 1) < 0.01, "\(rate)")
        let payload = try #require(result.payloadRate)
        #expect(payload < rate && Double(payload.bitsPerSecond) > row.least * Double(rate.bitsPerSecond), "\(payload)")
        #expect(seen == result.intervals.count)
        #expect(abs(seen - Int(row.seconds * 5)) <= 1)
        #expect(queues.allSatisfy { $0.backlogPackets == 0 })
    }

    /// The first second of a stream on a queue that an earlier test left full would measure that test.
    @Test(arguments: [ProbePlan.Throughput.Transport.tcp, .udp])
    func theQueueIsEmptyAfterwards(_ transport: ProbePlan.Throughput.Transport) throws {
        let rate = Rate(bitsPerSecond: 1_000_000)
        let (result, queues) = try withLab(downlink: Impairment(rate: rate, queue: .time(.seconds(2)))) { lab in
            let plan = ProbePlan.Throughput(transport: transport, duration: .seconds(4))
            return (ThroughputProbe(plan, over: lab.path(rate: rate)).run(), try lab.sampleQueues())
        }
        #expect(result.failure == nil)
        #expect(queues.allSatisfy { $0.backlogPackets == 0 })
        // It was not empty all the time, or this would show nothing.
        #expect((result.ended - result.started) > .seconds(4.5))
    }

    @Test func lossIsCounted() throws {
        let loss = try #require(Probability(0.05))
        let impairment = Impairment(delay: .milliseconds(10), loss: .independent(loss))
        let plan = ProbePlan.Throughput(
            transport: .udp, duration: .seconds(4), offered: Rate(bitsPerSecond: 10_000_000))
        let result = try withLab(downlink: impairment) { ThroughputProbe(plan, over: $0.path(rate: nil)).run() }
        #expect(result.failure == nil)
        let lost = try #require(result.lost)
        let jitter = try #require(result.jitter)
        #expect(result.sent == 4026)
        // The 99.99 % interval of 4026 trials at 0.05.
        #expect((150...255).contains(lost))
        #expect(result.reordered == 0)
        #expect(result.intervals.compactMap(\.lost).reduce(0, +) <= lost)
        #expect(jitter < .milliseconds(1))
    }

    @Test func datagramsHaveThePayloadThatWasAsked() throws {
        let plan = ProbePlan.Throughput(
            transport: .udp, duration: .seconds(1), offered: Rate(bitsPerSecond: 1_000_000), payload: ByteCount(100))
        let result = try withLab(downlink: .clean) { ThroughputProbe(plan, over: $0.path(rate: nil)).run() }
        #expect(result.failure == nil)
        // 142 bytes each with their headers.
        #expect(result.sent == 881)
        let (payload, ethernet) = (try #require(result.payloadRate), try #require(result.ethernetRate))
        #expect(abs(Double(payload.bitsPerSecond) / Double(ethernet.bitsPerSecond) - 100.0 / 142) < 0.01)
    }

    @Test func echoesTakeBothDelays() throws {
        let uplink = Impairment(delay: .milliseconds(5))
        let result = try withLab(downlink: Impairment(delay: .milliseconds(20)), uplink: uplink) { lab in
            let probe = try LatencyProbe.start(interval: .milliseconds(20), over: lab.path(rate: nil))
            Clock.sleep(for: 1_000_000_000)
            return probe.stop()
        }
        #expect(result.failure == nil)
        let roundTrips = try #require(result.echoes).map(\.roundTrip)
        #expect((49...52).contains(roundTrips.count))
        let sorted = roundTrips.compactMap { $0?.milliseconds }.sorted()
        #expect(sorted.count == roundTrips.count)
        #expect(abs(sorted[sorted.count / 2] - 25) < 0.5, "\(sorted)")
    }

    @Test func iperf3AgreesOnPayload() throws {
        let rate = Rate(bitsPerSecond: 10_000_000)
        let (ours, theirs) = try withLab(downlink: Impairment(rate: rate, delay: .milliseconds(20))) { lab in
            let plan = ProbePlan.Throughput(transport: .tcp, duration: .seconds(4))
            let ours = ThroughputProbe(plan, over: lab.path(rate: rate)).run()
            return (ours, try iperf3(lab, seconds: 4))
        }
        let payload = try #require(ours.payloadRate)
        let words = try #require(theirs.split(separator: "\n").last { $0.hasSuffix("receiver") }, "\(theirs)")
            .split(separator: " ")
        let unit = try #require(words.firstIndex(of: "Kbits/sec"), "\(theirs)")
        let kilobits = try #require(Double(words[unit - 1]))
        #expect(abs(Double(payload.bitsPerSecond) / (kilobits * 1000) - 1) < 0.01, "\(payload), \(kilobits)")
    }

    @Test func aTestCanBeStopped() throws {
        let rate = Rate(bitsPerSecond: 1_000_000)
        let result = try withLab(downlink: Impairment(rate: rate)) { lab in
            let end = Clock.monotonic() + 1_000_000_000
            let plan = ProbePlan.Throughput(transport: .tcp, duration: .seconds(60))
            return ThroughputProbe(plan, over: lab.path(rate: rate)).run(shouldStop: { Clock.monotonic() > end })
        }
        #expect(result.failure == "stopped before its end")
        #expect((result.ended - result.started) < .seconds(4))
        #expect(!result.intervals.isEmpty)
    }

    @Test func aDeadLinkIsAFailureAndNoHang() throws {
        let gone = try #require(Probability(1))
        let rate = Rate(bitsPerSecond: 1_000_000)
        let (udp, tcp) = try withLab(downlink: Impairment(rate: rate, loss: .independent(gone))) { lab in
            let path = lab.path(rate: rate)
            return (
                ThroughputProbe(.init(transport: .udp, duration: .seconds(1)), over: path).run(),
                ThroughputProbe(.init(transport: .tcp, duration: .seconds(1)), over: path).run()
            )
        }
        #expect(udp.failure == "nothing arrived")
        #expect(udp.ethernetRate == Rate(bitsPerSecond: 0))
        #expect(tcp.failure?.hasPrefix("no connection") == true)
        #expect(tcp.ethernetRate == nil)
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
private func withLab<R>(
    downlink: Impairment, uplink: Impairment = .clean, ip: IPVersion = .v4, mtu: ByteCount = .ethernetMTU,
    _ body: (Lab) throws -> R
) throws -> R {
    let plan = Plan(
        slug: "test", name: "test", seed: 7, ip: ip, mtu: mtu, link: [.downlink: downlink, .uplink: uplink])
    return try NetworkNamespace.make().inside { try body(try Lab.build(plan: plan)) }
}

/// What iperf3 says of a TCP test, its first second left out.
private func iperf3(_ lab: Lab, seconds: Int) throws -> String {
    var server = Command("iperf3", ["--server", "--one-off"])
    server.output = .null
    server.namespace = lab.receiver.namespace
    let listening = try ChildProcess.start(server)
    defer { listening.terminate(grace: 1_000_000_000) }
    Clock.sleep(for: 500_000_000)
    let time = ["--time", "\(seconds)", "--omit", "1", "--format", "k"]
    var client = Command("iperf3", ["--client", lab.receiver.address] + time)
    client.namespace = lab.sender.namespace
    return try ChildProcess.run(client, timeout: 30_000_000_000).outputText
}

extension Lab {
    /// From the sender to the receiver, in real time.
    fileprivate func path(rate: Rate?, ip: IPVersion = .v4, mtu: ByteCount = .ethernetMTU) -> ProbePath {
        ProbePath(
            sender: sender.namespace, receiver: receiver.namespace, senderAddress: sender.address,
            receiverAddress: receiver.address, ip: ip, mtu: mtu, rate: rate, isVirtualTime: false)
    }
}
