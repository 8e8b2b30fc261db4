package import LabModel

/// The number of a qdisc or class, `major:minor` as `tc` writes it.
package struct QdiscHandle: Hashable, Sendable, CustomStringConvertible {
    /// `TC_H_MAKE(major << 16, minor)`.
    let raw: UInt32

    init(raw: UInt32) {
        self.raw = raw
    }

    /// The qdisc `major:`, or one of its classes.
    package init(_ major: UInt16, _ minor: UInt16 = 0) {
        raw = UInt32(major) << 16 | UInt32(minor)
    }

    /// Where an interface's outermost qdisc hangs (`TC_H_ROOT`).
    package static let root = QdiscHandle(raw: .max)

    package var description: String {
        if self == .root { return "root" }
        let minor = raw & 0xffff
        return String(raw >> 16, radix: 16) + ":" + (minor == 0 ? "" : String(minor, radix: 16))
    }
}

/// A qdisc or a class of one: where it hangs and what it does.
package struct Qdisc: Hashable, Sendable {
    package var interface: Interface
    package var handle: QdiscHandle
    package var parent: QdiscHandle
    package var options: Options

    package enum Options: Hashable, Sendable {
        case netem(Netem)
        case tokenBucket(TokenBucket)
        /// `htb` itself, which does nothing but send everything to its class `default`.
        case htb(default: UInt16)
        /// A class of `htb`.
        case htbClass(HierarchicalBucket)
        case prio(Bands)
        case fifo(Fifo)
        case codel(CoDel)
        case fqCodel(FQCoDel)
        case pie(PIE)
        case fqPie(FQPIE)
        case red(RandomEarlyDetection)
        case cake(Cake, rate: Rate)
    }

    package init(on interface: Interface, handle: QdiscHandle, parent: QdiscHandle, _ options: Options) {
        self.interface = interface
        self.handle = handle
        self.parent = parent
        self.options = options
    }
}

/// A qdisc that its filters send packets through (`prio`, tc-prio(8)): class 1 is the first band, and so on; a packet in
/// an earlier band goes first.
package struct Bands: Hashable, Sendable {
    /// 2 to 16.
    package var count: UInt8
    /// The band of packets that no filter sends elsewhere, from 0.
    package var usual: UInt8

    package init(_ count: UInt8, usual: UInt8) {
        self.count = count
        self.usual = usual
    }

    /// Packets of each of the 16 priorities that a sender may give them.
    static let priorities = 16
}

/// A first-in-first-out queue that drops what does not fit.
package struct Fifo: Hashable, Sendable {
    package enum Unit: String, Hashable, Sendable {
        case bytes = "bfifo"
        case packets = "pfifo"
    }

    package var unit: Unit
    package var limit: UInt32

    package init(_ unit: Unit, limit: UInt32) {
        self.unit = unit
        self.limit = limit
    }
}

/// A token bucket (`tbf`, tc-tbf(8)).
package struct TokenBucket: Hashable, Sendable {
    package var rate: Rate
    /// What may pass at once; the kernel drops what is larger.
    package var burst: ByteCount
    /// The limit that the kernel hands on to the fifo under the bucket, in that fifo's unit (`fifo_set_limit` in
    /// net/sched/sch_fifo.c).
    package var limit: UInt32

    package init(rate: Rate, burst: ByteCount, limit: UInt32) {
        self.rate = rate
        self.burst = burst
        self.limit = limit
    }
}

/// A class of `htb` (tc-htb(8)) that may not borrow: its ceiling is its rate.
package struct HierarchicalBucket: Hashable, Sendable {
    package var rate: Rate
    package var burst: ByteCount

    package init(rate: Rate, burst: ByteCount) {
        self.rate = rate
        self.burst = burst
    }
}
