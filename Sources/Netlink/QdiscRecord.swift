internal import CNetlink
internal import Glibc

/// A qdisc or class of any kind as the kernel describes it, kept to be made again.
///
/// The options are the kernel's own bytes: most kinds take what they tell. Which do not is found by trying.
package struct QdiscRecord: Codable, Hashable, Sendable {
    package var kind: String
    package var handle: QdiscHandle
    package var parent: QdiscHandle
    package var isClass: Bool
    /// `TCA_OPTIONS`; absent for a kind that has none.
    package var options: [UInt8]?

    /// Hangs where what leaves goes through first.
    package var isRoot: Bool { parent == .root && !isClass }

    /// Made by the kernel of its own accord: it has no number.
    package var isDefault: Bool { handle.major == 0 }

    init?(_ reply: Reply, of interface: Interface) {
        guard let (header, attributes) = reply.parts(tcmsg.self), header.tcm_ifindex == interface.index,
            let kind = attributes.text(TCA_KIND)
        else { return nil }
        self.kind = kind
        handle = QdiscHandle(raw: header.tcm_handle)
        parent = QdiscHandle(raw: header.tcm_parent)
        isClass = reply.type == RTM_NEWTCLASS
        options = attributes.bytes(TCA_OPTIONS)
        if kind == "htb", !isClass { options = options.map(Self.acceptable) }
    }
}

extension QdiscHandle: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(raw: try decoder.singleValueContainer().decode(UInt32.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(raw)
    }
}

/// Qdiscs of any kind: read, made again, removed. Changes require CAP_NET_ADMIN.
extension NetlinkSocket {
    /// What hangs at an interface: each qdisc, its classes, and then what hangs under them. Classes only of the kinds
    /// whose classes somebody must make.
    package func records(of interface: Interface) throws(NetlinkError) -> [QdiscRecord] {
        let qdiscs = try records(RTM_GETQDISC, of: interface)
        let classes = try records(RTM_GETTCLASS, of: interface).filter {
            QdiscRecord.kindsOfMadeClasses.contains($0.kind)
        }
        var queue = qdiscs.filter { $0.isRoot || $0.parent == .arrivals }
        var ordered: [QdiscRecord] = []
        while let next = queue.first {
            queue.removeFirst()
            ordered.append(next)
            ordered += next.ownClasses(among: classes)
            // The kernel's own have no number, and then only the root has anything under it.
            guard next.isRoot || !next.isDefault, next.parent != .arrivals else { continue }
            queue += qdiscs.filter { !$0.isRoot && $0.parent != .arrivals && $0.parent.major == next.handle.major }
        }
        return ordered
    }

    /// Makes a qdisc or class as it was recorded, in place of what hangs where it does.
    package func restore(_ record: QdiscRecord, on interface: Interface) throws(NetlinkError) {
        let type = record.isClass ? RTM_NEWTCLASS : RTM_NEWQDISC
        let message = Message(type, flags: NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE)
        message.append(tcmsg(interface, handle: record.handle, parent: record.parent))
        message.put(TCA_KIND, text: record.kind)
        if let options = record.options { message.put(TCA_OPTIONS, bytes: options) }
        try perform("put back \(record.kind) at", interface.name, message)
    }

    /// Removes what hangs at `parent` with all under it; what leaves then goes through the kernel's default.
    package func deleteQdisc(at parent: QdiscHandle, of interface: Interface) throws(NetlinkError) {
        let message = Message(RTM_DELQDISC, flags: NLM_F_REQUEST | NLM_F_ACK)
        message.append(tcmsg(interface, handle: QdiscHandle(raw: 0), parent: parent))
        try perform("delete the qdisc of", interface.name, message)
    }

    private func records(_ type: Int, of interface: Interface) throws(NetlinkError) -> [QdiscRecord] {
        let message = Message(type, flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(tcmsg(interface, handle: QdiscHandle(raw: 0), parent: QdiscHandle(raw: 0)))
        return try exchange("list", "qdiscs of \(interface.name)", message).compactMap {
            QdiscRecord($0, of: interface)
        }
    }
}

extension QdiscRecord {
    /// What htb tells begins with its own form of `tc_htb_glob`, of which it takes only the major version, and a count
    /// of packets (`htb_init` and `htb_dump` in net/sched/sch_htb.c).
    private static func acceptable(_ options: [UInt8]) -> [UInt8] {
        let header = MemoryLayout<nlattr>.size
        guard options.count >= header + MemoryLayout<tc_htb_glob>.size else { return options }
        var globals: tc_htb_glob = Array(options[header...]).structure() ?? tc_htb_glob()
        globals.version = UInt32(TC_HTB_PROTOVER)
        globals.direct_pkts = 0
        let end = header + MemoryLayout<tc_htb_glob>.size
        return options[..<header] + withUnsafeBytes(of: globals) { Array($0) } + options[end...]
    }

    static let kindsOfMadeClasses: Set<String> = ["htb", "hfsc", "drr", "qfq"]

    /// The classes of this qdisc, each after the one that it is a part of.
    fileprivate func ownClasses(among classes: [QdiscRecord]) -> [QdiscRecord] {
        var left = classes.filter { $0.handle.major == handle.major }
        var ordered: [QdiscRecord] = []
        while let index = left.firstIndex(where: { candidate in !left.contains { $0.handle == candidate.parent } }) {
            ordered.append(left.remove(at: index))
        }
        return ordered
    }
}

extension tcmsg {
    init(_ interface: Interface, handle: QdiscHandle, parent: QdiscHandle) {
        self.init()
        tcm_family = UInt8(AF_UNSPEC)
        tcm_ifindex = interface.index
        tcm_handle = handle.raw
        tcm_parent = parent.raw
    }
}
