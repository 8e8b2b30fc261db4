package import LabModel
internal import LinuxKit
internal import Netlink

extension Lab {
    /// Makes a change of the timeline, keeping what is queued and under way in its order. A queue that becomes smaller
    /// than what it holds drains before it takes more, but for those that act on the wait: their kernel code drops the
    /// rest at once.
    package func apply(_ change: TimelineChange) throws(LabError) -> AppliedChange {
        for shaping in shapings {
            guard let impairment = change.impairments[shaping.direction] else { continue }
            try apply(impairment, to: shaping)
        }
        let tookEffect = Timestamp(nanoseconds: Clock.realtime())
        return AppliedChange(asked: change.at, tookEffect: tookEffect, readbacks: try readback())
    }

    /// Tells the kernel what differs and no more: each request fills the bucket again, and begins the loss model anew.
    private func apply(_ impairment: Impairment, to shaping: Shaping) throws(LabError) {
        let old = told.withLock { $0[shaping.direction] } ?? .clean
        if let reason = Self.whyUnchangeable(from: old, to: impairment) { throw .unchangeable(reason) }
        let before = Set(shaping.qdiscs(of: old, seed: nil))
        try LabError.wrapping {
            for qdisc in shaping.qdiscs(of: impairment, seed: nil) where !before.contains(qdisc) {
                try socket.change(qdisc)
            }
        }
        told.withLock { $0[shaping.direction] = impairment }
    }

    /// Why one impairment cannot become another while packets are queued; `nil` where it can.
    static func whyUnchangeable(from old: Impairment, to new: Impairment) -> String? {
        if old.shaper != new.shaper {
            return
                "a timeline cannot replace \(old.shaper.rawValue) by \(new.shaper.rawValue): what is queued would be lost"
        }
        if old.path.slots?.isDistributed == true, new.path.slots?.isDistributed != true {
            return "a timeline cannot take the distribution from slots: netem keeps it"
        }
        return old.queue.whyItCannotBecome(new.queue)
    }
}
