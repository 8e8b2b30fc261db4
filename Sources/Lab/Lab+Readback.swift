package import LabModel
internal import Netlink

extension Lab {
    /// What the kernel says of both directions of each hop.
    package func readback() throws(LabError) -> [LinkReadback] { try readback(of: shapings) }

    /// The largest packet that every interface of the link carries, as the kernel says.
    package func mtu() throws(LabError) -> ByteCount {
        try LabError.wrapping {
            let states = try ([socket] + nodes.map(\.socket)).flatMap { try $0.interfaces() }
            // Loopback has no kind and is on nobody's way.
            let sizes = states.filter { $0.kind != nil }.map(\.mtu)
            guard let least = sizes.min() else { throw LabError.other("the link's interfaces are gone") }
            return ByteCount(Int64(least))
        }
    }

    func readback(of shapings: [Shaping]) throws(LabError) -> [LinkReadback] {
        let told = told.withLock { $0 }
        return try LabError.wrapping {
            let qdiscs = try socket.qdiscs()
            let carrier = try carrier()
            return try shapings.map { shaping in
                var reading = try readback(shaping, told[shaping.hop][shaping.direction] ?? .clean, qdiscs)
                reading.applied.carrier = carrier
                return reading
            }
        }
    }

    /// Of the link between both halves; asked only where the plan takes it.
    private func carrier() throws -> Carrier {
        guard losesCarrier else { return .up }
        let middles = Set(shapings.map(\.bottleneck.index))
        return try socket.interfaces().allSatisfy { !middles.contains($0.interface.index) || $0.isRunning }
            ? .up : .down
    }

    private func readback(
        _ shaping: Shaping, _ told: Impairment, _ qdiscs: [QdiscReading]
    ) throws -> LinkReadback {
        let atBottleneck =
            try qdiscs.filter { $0.interface == shaping.bottleneck.index }
            + socket.classes(of: shaping.bottleneck).filter { $0.handle == Shaping.classHandle && $0.kind == "htb" }
        let atPath = qdiscs.filter { $0.interface == shaping.path.index }
        let reading = try ShapingReading(bottleneck: atBottleneck, path: atPath, shaping)
        let filters = shaping.sorts ? try socket.packetFilters(of: Shaping.sorterHandle, at: shaping.path) : []
        var applied = reading.impairment(told: told)
        (applied.match, applied.drop) = shaping.applied(told, seed: seed, by: filters.map(\.filter))
        return LinkReadback(
            direction: shaping.direction, hop: number(of: shaping), applied: applied,
            seeded: reading.path.seed == shaping.seed(seed),
            qdiscs: atBottleneck.map { $0.state(on: shaping.bottleneck) } + atPath.map { $0.state(on: shaping.path) },
            filters: shaping.sorts ? filters.compactMap(shaping.state) : nil, burst: reading.burst)
    }
}

/// An impairment as the kernel holds it.
struct ShapingReading {
    /// `nil` where the queue keeps the rate itself.
    let shaper: Shaper?
    let rate: Rate
    let burst: ByteCount?
    let queue: Qdisc.Options
    let path: Netem

    init(bottleneck: [QdiscReading], path: [QdiscReading], _ shaping: Shaping) throws {
        let queue = bottleneck.first { $0.handle == Shaping.queueHandle }?.options
        guard let queue, let keeper = Self.rateKeeper(bottleneck) else {
            throw Self.missing("the bottleneck", shaping.bottleneck)
        }
        guard case .netem(let netem) = path.first(where: { $0.handle == Shaping.pathHandle })?.options else {
            throw Self.missing("the path", shaping.path)
        }
        (shaper, rate, burst) = keeper
        self.queue = queue
        self.path = netem
    }

    private static func rateKeeper(_ qdiscs: [QdiscReading]) -> (Shaper?, Rate, ByteCount?)? {
        for qdisc in qdiscs {
            switch qdisc.options {
            case .tokenBucket(let bucket): return (.tbf, bucket.rate, bucket.burst)
            case .htbClass(let bucket): return (.htb, bucket.rate, bucket.burst)
            case .cake(_, let rate): return (nil, rate, nil)
            default: break
            }
        }
        return nil
    }

    private static func missing(_ what: String, _ interface: Interface) -> LabError {
        .other("\(what) at \(interface.name) is gone")
    }

    /// The same parameters as were told, from the kernel's numbers alone; `told` only says what the kernel has no number
    /// of.
    func impairment(told: Impairment) -> Impairment {
        Impairment(
            rate: rate == Shaping.unlimited ? nil : rate, shaper: shaper ?? told.shaper, queue: queue(told: told),
            delay: path.delay, jitter: path.jitter, loss: path.loss, path: path.impairment(told: told.path))
    }
}
