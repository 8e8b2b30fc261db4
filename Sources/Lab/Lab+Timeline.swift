package import LabModel
internal import LinuxKit
internal import Netlink

extension Lab {
    /// Makes a change of the timeline, which is the first hop's, keeping what is queued and under way in its order. A
    /// queue that becomes smaller than what it holds drains before it takes more, but for those that act on the wait:
    /// their kernel code drops the rest at once.
    package func apply(_ change: TimelineChange) throws(LabError) -> AppliedChange {
        for shaping in shapings where shaping.hop == 0 {
            guard let impairment = change.impairments[shaping.direction] else { continue }
            try apply(impairment, to: shaping)
        }
        let tookEffect = Timestamp(nanoseconds: Clock.realtime())
        return AppliedChange(asked: change.at, tookEffect: tookEffect, readbacks: try readback(after: change))
    }

    /// Of a step, only what it changed: thousands of them are written down.
    private func readback(after change: TimelineChange) throws(LabError) -> [LinkReadback] {
        guard change.isStep else { return try readback() }
        return try readback(of: shapings.filter { change.impairments[$0.direction] != nil }).map { readback in
            var readback = readback
            readback.qdiscs = []
            return readback
        }
    }

    /// Tells the kernel what differs and no more: each request fills the bucket again, and begins the loss model anew.
    private func apply(_ impairment: Impairment, to shaping: Shaping) throws(LabError) {
        let old = told.withLock { $0[shaping.hop][shaping.direction] } ?? .clean
        if let reason = Self.whyUnchangeable(from: old, to: impairment) { throw .unchangeable(reason) }
        let before = Set(shaping.qdiscs(of: old, seed: nil))
        try LabError.wrapping {
            for qdisc in shaping.qdiscs(of: impairment, seed: nil) where !before.contains(qdisc) {
                try socket.change(qdisc)
            }
            let (obsolete, new) = shaping.filterChanges(from: old, to: impairment, seed: seed)
            for filter in obsolete { try socket.delete(filter) }
            for filter in new { try socket.put(filter) }
            if impairment.carrier != old.carrier { try carry(impairment.carrier) }
        }
        told.withLock { $0[shaping.hop][shaping.direction] = impairment }
    }

    /// Pulls the cable out between the two halves of the link, or puts it back and waits until it carries.
    private func carry(_ carrier: Carrier) throws {
        guard let middle = shapings.first(where: { $0.direction == .downlink })?.bottleneck else { return }
        if carrier == .down {
            try socket.takeDown(middle)
        } else {
            try socket.bringUp(middle)
            try LabBuilder.awaitCarriers([socket])
        }
    }

    /// Why one impairment cannot become another while packets are queued; `nil` where it can.
    static func whyUnchangeable(from old: Impairment, to new: Impairment) -> String? {
        if old.shaper != new.shaper {
            return
                "a timeline cannot replace \(old.shaper.rawValue) by \(new.shaper.rawValue): what is queued would be lost"
        }
        if old.match != new.match {
            return "a timeline cannot change the match: packets would overtake what is under way"
        }
        if old.path.slots?.isDistributed == true, new.path.slots?.isDistributed != true {
            return "a timeline cannot take the distribution from slots: netem keeps it"
        }
        return old.queue.whyItCannotBecome(new.queue)
    }
}
