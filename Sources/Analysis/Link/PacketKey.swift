extension NetworkPacket {
    /// A hash that is the same at both ends of the lab and differs from packet to packet: of the first 128 bytes of the
    /// IP packet and its length, without what a router may change (the class of service, ECN, the time to live and, with
    /// them, IPv4's header checksum).
    var key: UInt64 {
        var hash = UInt64(network.count) &* 0x9e37_79b9_7f4a_7c15
        var offset = 0
        let end = min(network.count, 128)
        while offset + 8 <= end {
            hash = Self.mix(hash ^ masked(network.loadUnaligned(fromByteOffset: offset, as: UInt64.self), at: offset))
            offset += 8
        }
        while offset < end {
            hash = Self.mix(hash ^ UInt64(network[offset]))
            offset += 1
        }
        return hash
    }

    /// What its ECN field says.
    var ecn: ECN {
        let bits = network.byte(at: 1) ?? 0
        switch (source.isVersion6 ? bits >> 4 : bits) & 3 {
        case 0: return .incapable
        case 3: return .marked
        default: return .capable
        }
    }

    /// A hash of what tells its flow from others, addresses and ports; `nil` but for UDP. The kernel tells TCP's flows by
    /// their sockets: a reset or a retransmission may count as another flow to a queue in which flows take turns.
    var flow: UInt64? {
        guard transport == .udp else { return nil }
        let ports = UInt64(sourcePort) << 16 | UInt64(destinationPort)
        let from = Self.mix(source.high ^ Self.mix(source.low))
        return Self.mix(ports ^ from ^ Self.mix(destination.high ^ Self.mix(destination.low &+ 1)))
    }

    /// The word as it lies in memory, little-endian, without the bytes that may change.
    private func masked(_ word: UInt64, at offset: Int) -> UInt64 {
        let word = UInt64(littleEndian: word)
        if source.isVersion6 { return offset == 0 ? word & 0x00ff_ffff_ffff_0000 : word }
        return switch offset {
        case 0: word & 0xffff_ffff_ffff_00ff
        case 8: word & 0xffff_ffff_0000_ff00
        default: word
        }
    }

    /// The finaliser of SplitMix64.
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// The two bits of Explicit Congestion Notification (RFC 3168 section 5).
enum ECN {
    /// Not-ECT: it can only be lost.
    case incapable
    /// ECT(0) or ECT(1): it may be marked in place of being lost.
    case capable
    /// CE: it was.
    case marked
}
