/// Shaper, fair queueing and AQM in one (`cake`, tc-cake(8)). Its rate is the direction's.
package struct Cake: Codable, Hashable, Sendable {
    /// The round trip that its AQM is made for.
    package var rtt: TimeSpan
    package var diffserv: Diffserv
    package var isolation: Isolation
    /// What the rate counts for a packet on top of its IP length; `nil` is the whole Ethernet frame (`raw`).
    package var overhead: Int?
    /// What the rate counts for a packet at least, bytes.
    package var mpu: Int
    package var framing: Framing
    package var ackFilter: AckFilter
    /// Whether the class of service is cleared once it has been obeyed.
    package var wash: Bool
    /// Whether dropped packets use up the rate too, as on the far side of the bottleneck.
    package var ingress: Bool
    /// Whether aggregated packets are split again.
    package var splitGSO: Bool
    /// Memory that all packets may take; `nil` is four times what the rate sends in `rtt`, and 4 MiB at least.
    package var memoryLimit: ByteCount?

    /// With `tc-cake(8)`'s defaults.
    package init(
        rtt: TimeSpan = .milliseconds(100), diffserv: Diffserv = .diffserv3, isolation: Isolation = .tripleIsolate,
        overhead: Int? = nil, mpu: Int = 0, framing: Framing = .none, ackFilter: AckFilter = .off, wash: Bool = false,
        ingress: Bool = false, splitGSO: Bool = true, memoryLimit: ByteCount? = nil
    ) {
        self.rtt = rtt
        self.diffserv = diffserv
        self.isolation = isolation
        self.overhead = overhead
        self.mpu = mpu
        self.framing = framing
        self.ackFilter = ackFilter
        self.wash = wash
        self.ingress = ingress
        self.splitGSO = splitGSO
        self.memoryLimit = memoryLimit
    }

    /// The wait that its AQM aims at: a twentieth of `rtt`, as `tc` sets it.
    package var target: TimeSpan { TimeSpan(nanoseconds: max(1000, rtt.nanoseconds / 20)) }

    /// What the rate counts for an Ethernet frame of `size` bytes (`cake_calc_overhead` in sch_cake.c).
    package func accounted(_ size: Int) -> Int {
        let length = max(overhead.map { size - 14 + $0 } ?? size, mpu)
        return switch framing {
        case .none: length
        case .atm: (length + 47) / 48 * 53
        case .ptm: length + (length + 63) / 64
        }
    }
}

extension Cake {
    /// How classes of service are told apart (RFC 2474), in the order of `CAKE_DIFFSERV_...`.
    package enum Diffserv: String, Codable, Sendable, CaseIterable {
        case diffserv3, diffserv4, diffserv8, besteffort, precedence
    }

    /// Among whom the rate is shared, in the order of `CAKE_FLOW_...`.
    package enum Isolation: String, Codable, Sendable, CaseIterable {
        case flowblind, srchost, dsthost, hosts, flows
        case dualSource = "dual-srchost"
        case dualDestination = "dual-dsthost"
        case tripleIsolate = "triple-isolate"
    }

    /// How the link packs bytes, in the order of `CAKE_ATM_...`.
    package enum Framing: String, Codable, Sendable, CaseIterable {
        case none = "noatm"
        case atm
        case ptm
    }

    /// Which of TCP's acknowledgements make way for later ones, in the order of `CAKE_ACK_...`.
    package enum AckFilter: String, Codable, Sendable, CaseIterable {
        case off, on, aggressive
    }
}
