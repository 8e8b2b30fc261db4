import LabModel
import YAML

/// The keys of what describes packets; all that is written must hold.
enum MatchKeys {
    static let udp = Key("udp", .ports, "UDP from or to one of these ports.")
    static let tcp = Key("tcp", .ports, "TCP from or to one of these ports.")
    static let port = Key("port", .ports, "UDP or TCP from or to one of these ports.")
    static let `protocol` = Key("protocol", ValueKind<PacketMatch.Transport>.choice(), "All of UDP, or all of TCP.")
    static let host = Key("host", .address, "From or to this address.")
    static let source = Key("source", .address, "From this address.")
    static let destination = Key("destination", .address, "To this address.")
    static let rtp = Key("rtp", .rtpContent, "RTP, or that of one of the media's streams.")
    static let rtcp = Key("rtcp", .rtcpContent, "RTCP, also where it shares a port with RTP.")
    static let srt = Key("srt", .srtContent, "SRT's control packets, or those with data; needs a port.")
    static let shape = MappingShape(
        [udp, tcp, port, `protocol`, host, source, destination, rtp, rtcp, srt],
        notes: [
            "ports": .called("port"), "dport": .called("port"), "sport": .called("port"), "ip": .called("host"),
            "address": .called("host"), "src": .called("source"), "from": .called("source"),
            "dst": .called("destination"), "to": .called("destination"), "proto": .called("protocol"),
            "icmp": .explained(message: "no packet of a lab is ICMP's", hint: "match 'udp' or 'tcp'"),
            "every": .explained(
                message: "'every' belongs to 'drop'", hint: "write drop: {every: 1000th, match: {udp: 5004}}"),
        ])
}

extension ValueKind where Value == PacketMatch {
    /// One description, or a list of which any may hold.
    static let match = ValueKind(
        shape: .either([.mapping(MatchKeys.shape), .list(.mapping(MatchKeys.shape))])
    ) { item in
        guard let elements = item.node.elements else {
            return ValueKind<PacketMatch.Term>.term.read(item).map { PacketMatch([$0]) }
        }
        if elements.isEmpty {
            item.error("\(item.name) matches no packet", hint: "write one such as {udp: 5004}")
            return nil
        }
        guard elements.count <= longestList else {
            item.error("\(item.name) has \(elements.count) descriptions; \(longestList) are the most")
            return nil
        }
        let terms = ValueKind<[PacketMatch.Term]>.list(.term).read(item) ?? []
        return terms.count == elements.count ? PacketMatch(terms) : nil
    }

    private static var longestList: Int { 16 }
}

extension ValueKind where Value == PacketMatch.Term {
    static let term = ValueKind(shape: .mapping(MatchKeys.shape)) { item in
        guard let fields = Fields(item, MatchKeys.shape) else { return nil }
        let ends = (fields(MatchKeys.host), fields(MatchKeys.source), fields(MatchKeys.destination))
        let ports = [MatchKeys.udp, MatchKeys.tcp, MatchKeys.port].map { fields.located($0) }
        let transport = fields.located(MatchKeys.protocol)
        let contents = [MatchKeys.rtp, MatchKeys.rtcp, MatchKeys.srt].map { fields.located($0) }
        guard fields.broken.isEmpty else { return nil }
        let draft = TermDraft(
            ports: ports, transport: transport, contents: contents.compactMap(\.self), hosts: [ends.0, ends.1, ends.2])
        guard draft.check(item) else { return nil }
        return draft.term
    }
}

/// A description as it was written.
private struct TermDraft {
    /// Of UDP, of TCP and of either.
    let ports: [Located<[UInt16]>?]
    let transport: Located<PacketMatch.Transport>?
    let contents: [Located<PacketMatch.Content>]
    /// Either end, the source and the destination.
    let hosts: [IPAddress?]

    var term: PacketMatch.Term {
        PacketMatch.Term(
            transports.first, ports: ports.compactMap { $0?.value }.first ?? [], host: hosts[0], source: hosts[1],
            destination: hosts[2], content: contents.first?.value)
    }

    /// What its keys say of the transport.
    private var transports: [PacketMatch.Transport] {
        [ports[0].map { _ in .udp }, ports[1].map { _ in .tcp }, transport?.value].compactMap(\.self)
    }

    private var families: Set<Bool> { Set(hosts.compactMap { $0?.isVersion6 }) }

    /// Reports a description that no packet or every packet fits.
    func check(_ item: Item) -> Bool {
        let list = "for either of them write a list: [{udp: 5004}, {tcp: 1935}]"
        if ports.compactMap(\.self).isEmpty, transport == nil, contents.isEmpty, families.isEmpty {
            // An unknown key has its own complaint.
            guard item.node.entries?.isEmpty == true else { return false }
            item.error("\(item.name) says nothing of the packets", hint: "write one such as {udp: 5004}")
        } else if Set(transports).count > 1 {
            item.error("no packet is both UDP's and TCP's", hint: list)
        } else if ports.compactMap(\.self).count > 1 {
            item.error("ports are written once", hint: list)
        } else if contents.count > 1 {
            item.error("no packet is both", hint: "for either of them write a list: [{rtp: true}, {rtcp: true}]")
        } else if families.count > 1 {
            item.error("no packet goes from an IPv4 address to an IPv6 one", hint: "write addresses of one family")
        } else if let content = contents.first {
            return check(content, item)
        } else {
            return true
        }
        return false
    }

    private func check(_ content: Located<PacketMatch.Content>, _ item: Item) -> Bool {
        if transports.contains(.tcp) {
            item.reading.error("it goes over UDP, and not over TCP", at: content.mark, hint: "leave TCP out")
            return false
        }
        let isSRT = content.value == .srtControl || content.value == .srtData
        guard isSRT, ports.compactMap(\.self).isEmpty else { return true }
        item.reading.error(
            "'srt' needs a port", at: content.mark,
            hint: "what tells it from others is a single bit: write {udp: 9000, srt: control}")
        return false
    }
}
