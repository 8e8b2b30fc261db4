import LabModel
import LinuxKit
import Netlink
import Testing

@testable import Lab

/// What a lab is and what it leaves. Needs root in a kernel with everything.
@Suite(.serialized) struct BuildKernelTests {
    @Test func nothingIsMissing() {
        #expect(Capability.missing(for: Plan(downlink: .clean)) == [])
        #expect(Capability.whyNetemDoesNotWork() == nil)
    }

    @Test func anUnknownCongestionControlIsNamed() {
        var plan = Plan(downlink: .clean)
        plan.congestionControl = "vegas"
        #expect(
            Capability.missing(for: plan).map(\.description) == [
                "this kernel has no congestion control vegas (CONFIG_TCP_CONG_VEGAS)"
            ])
    }

    @Test func hostsHaveWhatTheyWereGiven() throws {
        var plan = Plan(downlink: .clean)
        plan.congestionControl = "bbr"
        plan.ecn = true
        try withLab(plan) { lab in
            for host in [lab.sender, lab.receiver] {
                #expect(try host.namespace.sysctl("net.ipv4.tcp_congestion_control") == "bbr")
                #expect(try host.namespace.sysctl("net.ipv4.tcp_ecn") == "1")
                let socket = try NetlinkSocket.open(in: host.namespace)
                let states = try socket.interfaces()
                #expect(states.map(\.interface.name).sorted() == ["eth0", "lo"])
                #expect(states.map(\.isUp) == [true, true])
                let interface = try #require(states.first { $0.interface.name == "eth0" })
                #expect(interface.mtu == 1500)
                #expect(try host.namespace.inside { try Offloads.count(interface.interface) } == 0)
            }
        }
    }

    /// Long enough for what a host says of itself: neighbours, routers and groups that it looks for or reports.
    @Test(arguments: IPVersion.allCases) func hostsSayNothingOfTheirOwnAccord(_ ip: IPVersion) throws {
        try withLab(Plan(downlink: .clean, ip: ip)) { lab in
            Clock.sleep(for: 12_000_000_000)
            #expect(try Self.packets(lab) == 0)
            _ = try Flow(count: 100, spacing: .milliseconds(1)).run(through: lab)
            #expect(try Self.packets(lab) == 100)
        }
    }

    /// UDP payload of 1472 bytes: with its headers 1500 bytes of IPv4 and 1520 of IPv6.
    @Test(arguments: [
        (IPVersion.v4, 1500, 100), (.v4, 1499, 200), (.v4, 1280, 200), (.v4, 576, 300), (.v6, 1500, 200),
        (.v6, 1280, 200), (.v4, 9000, 100),
    ])
    func whatIsLargerThanTheMTUIsFragmented(_ ip: IPVersion, _ mtu: Int64, _ packets: Int64) throws {
        try withLab(Plan(downlink: Impairment(rate: Rate(bitsPerSecond: 50_000_000)), ip: ip, mtu: ByteCount(mtu))) {
            lab in
            #expect(try lab.mtu() == ByteCount(mtu))
            let arrivals = try Flow(count: 100, spacing: .milliseconds(1), frame: 1514).run(through: lab)
            #expect(arrivals.count == 100)
            #expect(try Self.packets(lab) == packets)
            let bytes = try #require(try lab.readback()[0].qdiscs.last).counters.bytes
            #expect(bytes == 100 * ip.framedSize(ofUDP: 1472, mtu: ByteCount(mtu)).bytes)
        }
    }

    @Test func packetsHaveTheirRealSize() throws {
        try withLab(Plan(downlink: .clean)) { lab in
            let bulk = try BulkTransfer.start(through: lab)
            Clock.sleep(for: 200_000_000)
            _ = try bulk.stop()
            let queue = try #require(try lab.readback()[0].qdiscs.last)
            #expect(queue.counters.bytes <= queue.counters.packets * 1514)
        }
    }

    /// What passed the path of both directions.
    private static func packets(_ lab: Lab) throws -> Int64 {
        try lab.readback().compactMap(\.qdiscs.last?.counters.packets).reduce(0, +)
    }

    @Test(arguments: ["port-s", "br-s", "mid-s", "mid-r", "br-r"])
    func aBuildThatFailsLeavesNothing(_ taken: String) throws {
        let namespace = try NetworkNamespace.make()
        let socket = try NetlinkSocket.open(in: namespace)
        try socket.addVeth(
            VethEnd("before", EthernetAddress(local: 1)), VethEnd(taken, EthernetAddress(local: 2)), mtu: 1500)
        #expect(throws: LabError.self) {
            try namespace.inside { _ = try Lab.build(plan: Plan(downlink: .clean)) }
        }
        let left = try socket.interfaces().map(\.interface.name).filter { $0 != "lo" }
        #expect(left.sorted() == ["before", taken].sorted())
    }

    @Test func anUnknownInterfaceIsNamed() throws {
        let socket = try NetlinkSocket.open(in: NetworkNamespace.make())
        let qdisc = Qdisc(
            on: Interface(index: 99, name: "nowhere"), handle: QdiscHandle(1), parent: .root,
            .fifo(Fifo(.bytes, limit: 1)))
        let error = #expect(throws: NetlinkError.self) { try socket.add(qdisc) }
        #expect(error?.errno == .noSuchDevice)
        #expect(error?.description.hasPrefix("cannot add bfifo to nowhere: ") == true)
    }
}
