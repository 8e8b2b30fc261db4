internal import LabModel
internal import Netlink

extension Netem {
    /// The path of `impairment`.
    ///
    /// - Parameters:
    ///   - orderKeeper: the rate that keeps packets in order, where the path is not raw.
    ///   - seed: `nil` for a change, which must name every distribution: the one before would stay.
    init(pathOf impairment: Impairment, limit: UInt32, orderKeeper: Rate, seed: UInt64?) {
        let path = impairment.path
        let isNamed = impairment.jitter > .zero && (path.distribution != .uniform || seed == nil)
        self.init(
            limit: limit, delay: impairment.delay, jitter: impairment.jitter, delayCorrelation: path.correlation,
            distribution: isNamed ? path.distribution.table : nil, loss: impairment.loss, marks: path.marks,
            duplicate: path.duplicate, corrupt: path.corrupt, reorder: path.reorder,
            slots: path.slots.map(NetemSlots.init), rate: path.raw ? nil : orderKeeper, seed: seed)
    }

    /// The same in a plan's words, from the kernel's numbers alone; `told` only says what the kernel does not tell: the
    /// distributions.
    func impairment(told: PathImpairment) -> PathImpairment {
        PathImpairment(
            distribution: told.distribution, correlation: delayCorrelation, raw: rate == nil, reorder: reorder,
            duplicate: duplicate, corrupt: corrupt, slots: slots.map { Slots($0, told: told.slots) }, marks: marks)
    }
}

extension NetemSlots {
    fileprivate init(_ slots: Slots) {
        let packets = slots.packets.map(Int32.init(clamping:))
        let bytes = slots.bytes.map { Int32(clamping: $0.bytes) }
        switch slots.spacing {
        case .between(let least, let most): self.init(least: least, most: most, packets: packets, bytes: bytes)
        case .distributed(let distribution, let mean, let jitter):
            self.init(mean: mean, jitter: jitter, distribution: distribution.table, packets: packets, bytes: bytes)
        }
    }
}

extension Slots {
    fileprivate init(_ slots: NetemSlots, told: Slots?) {
        let bytes = slots.bytes.map { ByteCount(Int64($0)) }
        var spacing = Spacing.between(slots.least, slots.most)
        if case .distributed(let distribution, _, _) = told?.spacing, slots.jitter > .zero {
            spacing = .distributed(distribution, mean: slots.mean, jitter: slots.jitter)
        }
        self.init(spacing, packets: slots.packets.map(Int.init), bytes: bytes)
    }
}
