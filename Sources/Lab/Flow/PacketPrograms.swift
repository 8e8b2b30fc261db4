internal import LabModel
internal import Netlink

/// The programs that tell a lab's packets apart, for IPv4 and IPv6. Of IPv6's extension headers only that of a fragment
/// is looked behind.
struct PacketPrograms {
    /// Of the run: it says which numbers the media's streams have.
    let seed: UInt64

    /// Words that a program keeps for itself.
    private enum Kept {
        static let family: UInt32 = 0
        static let `protocol`: UInt32 = 1
        /// 0 where the transport header follows, and not a later part of the packet.
        static let part: UInt32 = 2
    }

    /// Places in an Ethernet frame, and, behind the length of the IP header, of what follows it.
    private enum Place {
        static let etherType: UInt32 = 12
        static let header: UInt32 = 14
        static let sourcePort = header
        static let destinationPort = header + 2
        static let datagramLength = header + 4
        static let payload = header + 8
    }

    private static let version4: UInt32 = 0x0800
    private static let version6: UInt32 = 0x86dd
    private static let udp: UInt32 = 17
    private static let tcp: UInt32 = 6

    /// Means what `match` does; `nil` is every packet.
    func program(for match: PacketMatch?) -> PacketProgram {
        var assembler = PacketAssembler()
        guard let match else { return assembler.finish(meaning: true) }
        readHeaders(&assembler)
        for term in match.terms {
            require(term, &assembler)
            assembler.endTerm()
        }
        return assembler.finish(meaning: false)
    }

    /// Means the RTP packets at `places` of a stream.
    func program(for places: [Int], of kind: MediaKind) -> PacketProgram {
        let identity = StreamIdentity.of(kind, seed: seed)
        var assembler = PacketAssembler()
        readHeaders(&assembler)
        require(PacketMatch.Term(content: kind == .video ? .video : .audio), &assembler)
        assembler.add(.loadHalfBehind, Place.payload + 2)
        assembler.require(anyOf: places.map { UInt32(identity.sequence(at: $0)) })
        assembler.endTerm()
        return assembler.finish(meaning: false)
    }

    private func readHeaders(_ assembler: inout PacketAssembler) {
        assembler.add(.loadHalf, Place.etherType)
        assembler.add(.keep, Kept.family)
        assembler.add(.ifEqual, Self.version4, ifFalse: 7)
        keep(&assembler, part: (Place.header + 6, 0x1fff), protocol: Place.header + 9) {
            $0.add(.indexHeaderLength, Place.header)
        }
        assembler.add(.jump, 16)
        assembler.add(.ifEqual, Self.version6, ifTrue: 1)
        assembler.add(.answer, 0)
        // 44: a fragment's header of 8 bytes is next.
        assembler.add(.loadByte, Place.header + 6)
        assembler.add(.ifEqual, 44, ifFalse: 7)
        keep(&assembler, part: (Place.header + 42, 0xfff8), protocol: Place.header + 40) { $0.add(.indexNumber, 48) }
        assembler.add(.jump, 5)
        assembler.add(.loadNumber, 0)
        assembler.add(.keep, Kept.part)
        assembler.add(.indexNumber, 40)
        assembler.add(.loadByte, Place.header + 6)
        assembler.add(.keep, Kept.protocol)
    }

    private func keep(
        _ assembler: inout PacketAssembler, part: (place: UInt32, mask: UInt32), protocol place: UInt32,
        _ index: (inout PacketAssembler) -> Void
    ) {
        assembler.add(.loadHalf, part.place)
        assembler.add(.and, part.mask)
        assembler.add(.keep, Kept.part)
        index(&assembler)
        assembler.add(.loadByte, place)
        assembler.add(.keep, Kept.protocol)
    }

    private func require(_ term: PacketMatch.Term, _ assembler: inout PacketAssembler) {
        let needsPart = term.content != nil || !term.ports.isEmpty
        if needsPart || term.transport != nil {
            assembler.add(.loadKept, Kept.protocol)
            assembler.require(anyOf: protocols(of: term))
        }
        require(term.host, at: [\.source, \.destination], &assembler)
        require(term.source, at: [\.source], &assembler)
        require(term.destination, at: [\.destination], &assembler)
        if needsPart {
            assembler.add(.loadKept, Kept.part)
            assembler.require(anyOf: [0])
        }
        if !term.ports.isEmpty {
            assembler.require(
                anyOf: term.ports.map(UInt32.init), at: [Place.sourcePort, Place.destinationPort], by: .loadHalfBehind)
        }
        if let content = term.content { require(content, &assembler) }
    }

    private func protocols(of term: PacketMatch.Term) -> [UInt32] {
        switch term.transport {
        case .udp: [Self.udp]
        case .tcp: [Self.tcp]
        case nil: term.content == nil ? [Self.udp, Self.tcp] : [Self.udp]
        }
    }

    /// Where a family has its addresses.
    private struct AddressPlaces {
        let family: UInt32
        let source: UInt32
        let destination: UInt32

        static let version4 = AddressPlaces(
            family: PacketPrograms.version4, source: Place.header + 12, destination: Place.header + 16)
        static let version6 = AddressPlaces(
            family: PacketPrograms.version6, source: Place.header + 8, destination: Place.header + 24)
    }

    private func require(
        _ address: IPAddress?, at ends: [KeyPath<AddressPlaces, UInt32>], _ assembler: inout PacketAssembler
    ) {
        guard let address else { return }
        let places = address.isVersion6 ? AddressPlaces.version6 : .version4
        assembler.add(.loadKept, Kept.family)
        assembler.require(anyOf: [places.family])
        assembler.require(words: address.words, at: ends.map { places[keyPath: $0] })
    }

    /// Of a datagram that is known to be UDP's.
    private func require(_ content: PacketMatch.Content, _ assembler: inout PacketAssembler) {
        assembler.add(.loadHalfBehind, Place.datagramLength)
        assembler.require(UInt32(8 + content.leastLength)...UInt32(UInt16.max))
        assembler.add(.loadByteBehind, Place.payload)
        switch content {
        case .srtControl, .srtData: assembler.require(bits: 0x80, areSet: content == .srtControl)
        case .rtp, .rtcp, .video, .audio:
            assembler.add(.and, 0xc0)
            assembler.require(anyOf: [0x80])
            assembler.add(.loadByteBehind, Place.payload + 1)
            let types = PacketMatch.Content.controlTypes
            assembler.require(UInt32(types.lowerBound)...UInt32(types.upperBound), isInside: content == .rtcp)
        }
        if let kind = content.stream {
            assembler.add(.loadWordBehind, Place.payload + 8)
            assembler.require(anyOf: [StreamIdentity.of(kind, seed: seed).ssrc])
        }
    }
}
