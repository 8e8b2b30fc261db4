internal import LabModel
internal import Netlink

/// What the impairment of one direction is made of.
///
/// The shape is always the same, whatever is asked for, so that every change of a timeline is a change of a number and
/// never of a qdisc, which would drop what it holds: no limit is a limit that nothing reaches, no delay is a netem
/// without delay.
struct Shaping: Hashable, Sendable {
    let direction: Direction
    /// From 0.
    var hop = 0
    /// Where the bottleneck stands.
    let bottleneck: Interface
    /// Where the path stands.
    let path: Interface
    /// The largest packet that the interfaces carry.
    var mtu = ByteCount.ethernetMTU
    /// Packets are told apart before the path.
    var sorts = false

    static let releaseHandle = QdiscHandle(1)
    static let shaperHandle = QdiscHandle(2)
    static let classHandle = QdiscHandle(2, 1)
    static let queueHandle = QdiscHandle(3)
    static let pathHandle = QdiscHandle(1)
    static let sorterHandle = QdiscHandle(4)
    static let besideHandle = QdiscHandle(5)

    /// Stands for no limit: 1 Tbit/s.
    static let unlimited = Rate(bitsPerSecond: 1_000_000_000_000)

    /// netem's `rate` of the path: with one it never sends a packet before the one in front of it, neither for jitter
    /// nor when a change makes the delay shorter. It is so high that a frame of fifty packets is through in half a
    /// microsecond.
    static let orderKeeper = unlimited

    /// Packets in one netem: more than any rate and delay of a scenario hold, and yet no more memory than the embedded
    /// kernel has.
    static let netemLimit: UInt32 = 100_000

    /// The qdiscs of `impairment` from the outermost in. Without a `seed` the path's random numbers go on from where
    /// they are.
    func qdiscs(of impairment: Impairment, seed: UInt64?) -> [Qdisc] {
        [release(seed: seed)] + shaper(of: impairment) + sorter(of: impairment) + [path(of: impairment, seed: seed)]
    }

    /// A packet in a queue of the lab still counts against its sender's socket buffer, which holds the sender back
    /// before the queue is full. netem with any delay lets go of the socket (`skb_orphan_partial`). It draws
    /// nothing, but the kernel tells of its seed.
    private func release(seed: UInt64?) -> Qdisc {
        Qdisc(
            on: bottleneck, handle: Self.releaseHandle, parent: .root,
            .netem(Netem(limit: Self.netemLimit, delay: .microseconds(1), seed: seed)))
    }

    private func shaper(of impairment: Impairment) -> [Qdisc] {
        let parent = QdiscHandle(1, 1)
        let options = Self.queue(of: impairment)
        if impairment.queue.shapes {
            return [Qdisc(on: bottleneck, handle: Self.queueHandle, parent: parent, options)]
        }
        let rate = impairment.rate ?? Self.unlimited
        let burst = burst(at: rate)
        let queue = Qdisc(on: bottleneck, handle: Self.queueHandle, parent: Self.classHandle, options)
        switch impairment.shaper {
        case .tbf:
            // The bucket hands its limit on to a fifo under it, and to nothing else.
            let limit = if case .fifo(let fifo) = options { fifo.limit } else { UInt32(clamping: burst.bytes) }
            let bucket = TokenBucket(rate: rate, burst: burst, limit: limit)
            return [
                Qdisc(on: bottleneck, handle: Self.shaperHandle, parent: parent, .tokenBucket(bucket)), queue,
            ]
        case .htb:
            return [
                Qdisc(on: bottleneck, handle: Self.shaperHandle, parent: parent, .htb(default: 1)),
                Qdisc(
                    on: bottleneck, handle: Self.classHandle, parent: Self.shaperHandle,
                    .htbClass(HierarchicalBucket(rate: rate, burst: burst))),
                queue,
            ]
        }
    }

    private func path(of impairment: Impairment, seed: UInt64?) -> Qdisc {
        Qdisc(
            on: path, handle: Self.pathHandle, parent: sorts ? Self.pathClass : .root,
            .netem(
                Netem(
                    pathOf: impairment, limit: Self.netemLimit, orderKeeper: Self.orderKeeper, seed: seed)))
    }

    /// A frame, and what the rate sends in a millisecond. The frame is what the kernel needs: it drops what is larger
    /// than the burst. The millisecond is how late a timer may be without the rate suffering; more would let more
    /// packets pass at line rate, and shorten the queue by as much.
    func burst(at rate: Rate) -> ByteCount {
        ByteCount(mtu.framed.bytes + rate.bytes(in: .milliseconds(1)).bytes)
    }

    /// Where a path's random numbers begin, by SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): another number for each
    /// direction of each hop, of 53 bits so that JSON's numbers hold it.
    func seed(_ seed: UInt64) -> UInt64 {
        var mixed = seed &+ UInt64(2 * hop + (direction == .downlink ? 1 : 2)) &* 0x9e37_79b9_7f4a_7c15
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return (mixed ^ (mixed >> 31)) >> 11
    }
}
