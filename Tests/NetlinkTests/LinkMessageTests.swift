import LabModel
import Testing

@testable import Netlink

/// The bytes of the requests for links and addresses, as <linux/if_link.h> and <linux/if_addr.h> lay them out.
@Suite struct LinkMessageTests {
    static let cases = [
        GoldenBytes(
            "a veth pair",
            [
                "a8000000 1000 0506 00000000 00000000",  // nlmsghdr: RTM_NEWLINK, REQUEST | ACK | CREATE | EXCL
                "00000000 00000000 00000000 00000000",  // ifinfomsg: the kernel chooses a number
                "0a00 0300 6d69642d7300 0000",  // IFLA_IFNAME: "mid-s"
                "0a00 0100 026e6c000013 0000",  // IFLA_ADDRESS: locally administered
                "0800 0400 dc050000",  // IFLA_MTU: 1500
                "0800 1f00 01000000",  // IFLA_NUM_TX_QUEUES
                "0800 2000 01000000",  // IFLA_NUM_RX_QUEUES
                "5800 1280",  // IFLA_LINKINFO, nested
                "0900 0100 7665746800 000000",  // IFLA_INFO_KIND: "veth"
                "4800 0280 4400 0180",  // IFLA_INFO_DATA, nested: VETH_INFO_PEER, nested
                "00000000 00000000 00000000 00000000",  // ifinfomsg of the peer
                "0a00 0300 6d69642d7200 0000",  // IFLA_IFNAME: "mid-r"
                "0a00 0100 026e6c000023 0000",  // IFLA_ADDRESS
                "0800 0400 dc050000 0800 1f00 01000000 0800 2000 01000000",  // MTU and queues again
            ]
        ) {
            NetlinkSocket.vethRequest(
                VethEnd("mid-s", EthernetAddress(local: 0x13)), VethEnd("mid-r", EthernetAddress(local: 0x23)),
                mtu: 1500
            ).bytes
        },
        GoldenBytes(
            "a bridge",
            [
                "7c000000 1000 0506 00000000 00000000",  // nlmsghdr: RTM_NEWLINK
                "00000000 00000000 00000000 00000000",  // ifinfomsg
                "0900 0300 62722d7300 000000",  // IFLA_IFNAME: "br-s"
                "0a00 0100 026e6c000012 0000",  // IFLA_ADDRESS
                "0800 0400 dc050000 0800 1f00 01000000 0800 2000 01000000",  // IFLA_MTU and the numbers of queues
                "2c00 1280",  // IFLA_LINKINFO, nested
                "0b00 0100 62726964676500 00",  // IFLA_INFO_KIND: "bridge"
                "1c00 0280",  // IFLA_INFO_DATA, nested
                "0800 0500 00000000",  // IFLA_BR_STP_STATE: no spanning tree
                "0800 0100 00000000",  // IFLA_BR_FORWARD_DELAY: ports forward at once
                "0500 1700 00 000000",  // IFLA_BR_MCAST_SNOOPING: off
            ]
        ) { NetlinkSocket.bridgeRequest("br-s", EthernetAddress(local: 0x12), mtu: 1500).bytes },
        GoldenBytes(
            "an IPv6 address",
            [
                "40000000 1400 0506 00000000 00000000",  // nlmsghdr: RTM_NEWADDR
                "0a 40 82 00 07000000",  // ifaddrmsg: AF_INET6, /64, PERMANENT | NODAD, interface 7
                "1400 0200 fd770000 00000000 00000000 00000001",  // IFA_LOCAL: fd77::1
                "1400 0100 fd770000 00000000 00000000 00000001",  // IFA_ADDRESS
            ]
        ) {
            NetlinkSocket.addressRequest(
                InternetAddress("fd77::1")!, prefix: 64, to: Interface(index: 7, name: "eth0")
            ).bytes
        },
        GoldenBytes(
            "a route",
            [
                "34000000 1800 0506 00000000 00000000",  // nlmsghdr: RTM_NEWROUTE
                // rtmsg: AF_INET, to a /24, no TOS, table main, by RTPROT_STATIC, universe, unicast
                "02 18 00 00 fe 04 00 01 00000000",
                "0800 0100 0a4d0200",  // RTA_DST: 10.77.2.0
                "0800 0500 0a4d0002",  // RTA_GATEWAY: 10.77.0.2
                "0800 0400 07000000",  // RTA_OIF: interface 7
            ]
        ) {
            NetlinkSocket.routeRequest(
                to: InternetAddress("10.77.2.0")!, prefix: 24, via: InternetAddress("10.77.0.2")!,
                on: Interface(index: 7, name: "eth0")
            ).bytes
        },
    ]

    @Test(arguments: cases) func requestHasTheseBytes(_ golden: GoldenBytes) {
        #expect(golden.build() == golden.bytes)
    }

    @Test(arguments: ["10.77.0", "fd77:::1", "", "eth0", "10.77.0.1/24"])
    func whatIsNoAddressIsNone(_ text: String) {
        #expect(InternetAddress(text) == nil)
    }
}
