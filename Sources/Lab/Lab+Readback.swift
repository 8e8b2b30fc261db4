package import LabModel
internal import Netlink

extension Lab {
    /// What the kernel says of both directions.
    package func readback() throws(LabError) -> [LinkReadback] {
        let told = told.withLock { $0 }
        return try LabError.wrapping {
            let qdiscs = try socket.qdiscs()
            return try shapings.map { try readback($0, told[$0.direction] ?? .clean, qdiscs) }
        }
    }

    private func readback(
        _ shaping: Shaping, _ told: Impairment, _ qdiscs: [QdiscReading]
    ) throws -> LinkReadback {
        let atBottleneck =
            try qdiscs.filter { $0.interface == shaping.bottleneck.index }
            + socket.classes(of: shaping.bottleneck).filter { $0.handle == Shaping.classHandle && $0.kind == "htb" }
        let atPath = qdiscs.filter { $0.interface == shaping.path.index }
        let reading = try ShapingReading(bottleneck: atBottleneck, path: atPath, shaping)
        return LinkReadback(
            direction: shaping.direction, applied: reading.impairment(told: told),
            seeded: reading.path.seed == Shaping.seed(seed, shaping.direction),
            qdiscs: atBottleneck.map { $0.state(on: shaping.bottleneck) } + atPath.map { $0.state(on: shaping.path) },
            burst: reading.burst)
    }
}

/// An impairment as the kernel holds it.
struct ShapingReading {
    let shaper: Shaper
    let rate: Rate
    let burst: ByteCount
    let fifo: Fifo
    let path: Netem

    init(bottleneck: [QdiscReading], path: [QdiscReading], _ shaping: Shaping) throws {
        var shaper: (Shaper, Rate, ByteCount)?
        var fifo: Fifo?
        for qdisc in bottleneck {
            switch qdisc.options {
            case .tokenBucket(let bucket): shaper = (.tbf, bucket.rate, bucket.burst)
            case .htbClass(let bucket): shaper = (.htb, bucket.rate, bucket.burst)
            case .fifo(let queue): fifo = queue
            case .netem, .htb, nil: break
            }
        }
        guard let shaper, let fifo else { throw Self.missing("the bottleneck", shaping.bottleneck) }
        guard case .netem(let netem) = path.first?.options else { throw Self.missing("the path", shaping.path) }
        (self.shaper, rate, burst) = shaper
        self.fifo = fifo
        self.path = netem
    }

    private static func missing(_ what: String, _ interface: Interface) -> LabError {
        .other("\(what) at \(interface.name) is gone")
    }

    /// The same parameters as were told, from the kernel's numbers alone; `told` only says in which unit a queue is
    /// asked for.
    func impairment(told: Impairment) -> Impairment {
        Impairment(
            rate: rate == Shaping.unlimited ? nil : rate, shaper: shaper, queue: queue(told: told),
            delay: path.delay, jitter: path.jitter, loss: path.loss, path: path.impairment(told: told.path))
    }

    private func queue(told: Impairment) -> QueueLimit {
        switch (fifo.unit, told.queue) {
        case (.packets, _): return .packets(Int(fifo.limit))
        case (.bytes, .time):
            // Without a rate a time is no number of bytes, and the kernel was told the greatest.
            if rate == Shaping.unlimited, fifo == Shaping.fifo(of: told) { return told.queue }
            let size = ByteCount(Int64(fifo.limit))
            return rate.time(for: size).map { .time($0) } ?? .bytes(size)
        case (.bytes, _): return .bytes(ByteCount(Int64(fifo.limit)))
        }
    }
}
