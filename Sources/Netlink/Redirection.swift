internal import CNetlink
internal import Glibc

/// A filter as the kernel reports it.
package struct FilterReading: Hashable, Sendable {
    /// The kernel's name, such as `matchall`.
    package var kind: String
    package var priority: UInt16
    /// The interface that a redirection leads to; absent where it is none.
    package var target: Int32?
    /// What its maker left at the redirection to know it again.
    package var cookie: [UInt8]?

    init?(_ reply: Reply) {
        guard reply.type == RTM_NEWTFILTER, let (header, attributes) = reply.parts(tcmsg.self),
            let kind = attributes.text(TCA_KIND), header.tcm_handle != 0
        else { return nil }
        self.kind = kind
        priority = UInt16(header.tcm_info >> 16)
        let action = attributes.nested(TCA_OPTIONS).nested(TCA_MATCHALL_ACT).nested(1)
        guard kind == "matchall", action.text(TCA_ACT_KIND) == "mirred" else { return }
        let options = action.nested(TCA_ACT_OPTIONS)
        target = options.value(TCA_MIRRED_PARMS, as: tc_mirred.self).map { Int32(bitPattern: $0.ifindex) }
        cookie = action.bytes(TCA_ACT_COOKIE)
    }
}

/// All that arrives at an interface, sent through another one: `matchall` with `mirred egress redirect`
/// (tc-mirred(8)).
package struct Redirection: Hashable, Sendable {
    package var from: Interface
    package var to: Interface
    /// Its place among the interface's filters.
    package var priority: UInt16
    /// At most 16 bytes by which it is known again.
    package var cookie: [UInt8]

    package init(from: Interface, to: Interface, priority: UInt16, cookie: [UInt8]) {
        self.from = from
        self.to = to
        self.priority = priority
        self.cookie = cookie
    }

    /// The command of `tc(8)` that does the same.
    package var command: String {
        let digits = cookie.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "tc filter add dev \(TcWords.quoted(from.name)) parent ffff: protocol all prio \(priority) matchall"
            + " action mirred egress redirect dev \(TcWords.quoted(to.name)) cookie \(digits)"
    }
}

/// Intermediate functional blocks and what leads to them. Changes require CAP_NET_ADMIN.
extension NetlinkSocket {
    /// Makes an interface whose egress shapes what others send there, down, with `queues` transmit queues.
    package func addIfb(_ name: String, queues: UInt32 = 1) throws(NetlinkError) {
        let message = Message(RTM_NEWLINK, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        message.append(ifinfomsg())
        message.put(IFLA_IFNAME, text: name)
        message.put(IFLA_NUM_TX_QUEUES, queues)
        message.nest(IFLA_LINKINFO) { $0.put(IFLA_INFO_KIND, text: "ifb") }
        do throws(NetlinkError) {
            try perform("add ifb", name, message)
        } catch  where error.errno == .notSupported {
            throw error.explained(as: "kernel has no ifb (CONFIG_IFB)")
        }
    }

    /// How many transmit queues an interface has; 1 where the kernel does not say.
    package func transmitQueues(of interface: Interface) throws(NetlinkError) -> UInt32 {
        let message = Message(RTM_GETLINK, flags: NLM_F_REQUEST | NLM_F_ACK)
        var header = ifinfomsg()
        header.ifi_index = interface.index
        message.append(header)
        let reply = try exchange("look at", interface.name, message).first
        return reply?.parts(ifinfomsg.self)?.1.value(IFLA_NUM_TX_QUEUES) ?? 1
    }

    /// Gives an interface the place where filters see what arrives.
    package func addIngress(to interface: Interface) throws(NetlinkError) {
        let message = Message(RTM_NEWQDISC, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        message.append(tcmsg(interface, handle: .ingress, parent: .arrivals))
        message.put(TCA_KIND, text: "ingress")
        do throws(NetlinkError) {
            try perform("add ingress to", interface.name, message)
        } catch  where error.errno == .noSuchFile {
            throw error.explained(as: "kernel has no sch_ingress (CONFIG_NET_SCH_INGRESS)")
        }
    }

    /// Adds the filter to its interface's ingress.
    package func add(_ redirection: Redirection) throws(NetlinkError) {
        do throws(NetlinkError) {
            try perform("redirect what arrives at", redirection.from.name, Self.request(redirection))
        } catch  where error.errno == .noSuchFile {
            throw error.explained(
                as: "kernel has no cls_matchall or no act_mirred (CONFIG_NET_CLS_MATCHALL, CONFIG_NET_ACT_MIRRED)")
        }
    }

    /// Removes the filters of a priority from an interface's ingress.
    package func deleteArrivalFilters(_ priority: UInt16, of interface: Interface) throws(NetlinkError) {
        let message = Message(RTM_DELTFILTER, flags: NLM_F_REQUEST | NLM_F_ACK)
        message.append(filterHeader(interface, priority))
        try perform("delete the redirection of", interface.name, message)
    }

    /// The filters of a qdisc, or of a class of one.
    package func filters(of parent: QdiscHandle, at interface: Interface) throws(NetlinkError) -> [FilterReading] {
        let message = Message(RTM_GETTFILTER, flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(tcmsg(interface, handle: QdiscHandle(raw: 0), parent: parent))
        return try exchange("list", "filters of \(interface.name)", message).compactMap(FilterReading.init)
    }

    static func request(_ redirection: Redirection) -> Message {
        let message = Message(RTM_NEWTFILTER, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL)
        message.append(filterHeader(redirection.from, redirection.priority))
        message.put(TCA_KIND, text: "matchall")
        message.nest(TCA_OPTIONS) { options in
            options.nest(TCA_MATCHALL_ACT) { actions in
                actions.nest(1) { put(redirection, into: $0) }
            }
        }
        return message
    }

    private static func put(_ redirection: Redirection, into action: borrowing Message) {
        action.put(TCA_ACT_KIND, text: "mirred")
        action.nest(TCA_ACT_OPTIONS) { options in
            var mirred = tc_mirred()
            mirred.action = TC_ACT_STOLEN
            mirred.eaction = TCA_EGRESS_REDIR
            mirred.ifindex = UInt32(redirection.to.index)
            options.put(TCA_MIRRED_PARMS, mirred)
        }
        action.put(TCA_ACT_COOKIE, bytes: redirection.cookie)
    }

    private static func filterHeader(_ interface: Interface, _ priority: UInt16) -> tcmsg {
        var header = tcmsg(interface, handle: QdiscHandle(raw: 0), parent: .ingress)
        // The protocol stands in network byte order: ETH_P_ALL, every one.
        header.tcm_info = UInt32(priority) << 16 | UInt32(UInt16(ETH_P_ALL).bigEndian)
        return header
    }

    private func filterHeader(_ interface: Interface, _ priority: UInt16) -> tcmsg {
        Self.filterHeader(interface, priority)
    }
}
