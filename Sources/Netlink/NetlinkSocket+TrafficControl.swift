internal import CNetlink
internal import Glibc
internal import LabModel
internal import LinuxKit

/// Queueing disciplines and their classes: `RTM_NEWQDISC`, `RTM_NEWTCLASS`, `RTM_GETQDISC`, `RTM_GETTCLASS`
/// (rtnetlink(7)). Changes require CAP_NET_ADMIN.
///
/// The messages are libnl's, the attributes are put there by `nla_put`: libnl-route 3.7 has no setter for netem's rate,
/// 64-bit delays, Gilbert-Elliott loss and seed, nor for 64-bit rates, and it closes the options before any can be added.
extension NetlinkSocket {
    /// Adds a qdisc or class; there must be none of its handle yet.
    package func add(_ qdisc: Qdisc) throws(NetlinkError) {
        try make(qdisc, "add \(qdisc.options.kind) to", flags: NLM_F_CREATE | NLM_F_EXCL)
    }

    /// Puts a qdisc in place of the one that hangs there, at once.
    package func replace(_ qdisc: Qdisc) throws(NetlinkError) {
        try make(qdisc, "put \(qdisc.options.kind) at", flags: NLM_F_CREATE | NLM_F_REPLACE)
    }

    private func make(_ qdisc: Qdisc, _ attempt: String, flags: Int32) throws(NetlinkError) {
        do throws(NetlinkError) {
            try perform(attempt, qdisc.interface.name, Self.request(qdisc, flags: flags))
        } catch  where error.errno == .noSuchFile {
            throw error.explained(as: "kernel has no sch_\(qdisc.options.kind.moduleName)")
        }
    }

    /// Changes a qdisc or class in place: what is queued stays queued.
    package func change(_ qdisc: Qdisc) throws(NetlinkError) {
        try perform("change \(qdisc.options.kind) of", qdisc.interface.name, Self.request(qdisc, flags: 0))
    }

    /// Removes a qdisc with all under it.
    package func delete(_ qdisc: Qdisc) throws(NetlinkError) {
        let message = Message(RTM_DELQDISC, flags: NLM_F_REQUEST | NLM_F_ACK)
        message.append(tcmsg(qdisc))
        try perform("delete \(qdisc.options.kind) of", qdisc.interface.name, message)
    }

    /// Every qdisc of the namespace.
    package func qdiscs() throws(NetlinkError) -> [QdiscReading] {
        let message = Message(RTM_GETQDISC, flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(tcmsg())
        return try exchange("list", "qdiscs", message).compactMap(QdiscReading.init)
    }

    /// Every class of an interface's qdiscs.
    package func classes(of interface: Interface) throws(NetlinkError) -> [QdiscReading] {
        let message = Message(RTM_GETTCLASS, flags: NLM_F_REQUEST | NLM_F_DUMP)
        var header = tcmsg()
        header.tcm_ifindex = interface.index
        message.append(header)
        return try exchange("list", "classes of \(interface.name)", message).compactMap(QdiscReading.init)
    }

    static func request(_ qdisc: Qdisc, flags: Int32) -> Message {
        let message = Message(qdisc.options.requestType, flags: NLM_F_REQUEST | NLM_F_ACK | flags)
        message.append(tcmsg(qdisc))
        message.put(TCA_KIND, text: qdisc.options.kind)
        qdisc.options.put(into: message, isNew: flags & NLM_F_CREATE != 0)
        return message
    }
}

extension tcmsg {
    fileprivate init(_ qdisc: Qdisc) {
        self.init()
        tcm_family = UInt8(AF_UNSPEC)
        tcm_ifindex = qdisc.interface.index
        tcm_handle = qdisc.handle.raw
        tcm_parent = qdisc.parent.raw
    }
}

extension Qdisc.Options {
    fileprivate var requestType: Int {
        if case .htbClass = self { RTM_NEWTCLASS } else { RTM_NEWQDISC }
    }
}

extension String {
    /// Both fifos are one file of the kernel.
    fileprivate var moduleName: String { hasSuffix("fifo") ? "fifo" : self }
}
