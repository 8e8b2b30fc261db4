internal import LabModel
internal import Netlink

extension ShapingReading {
    /// The queue as the kernel holds it. `told` says in which unit a fifo's limit was asked for, and what `red` was told
    /// in other words.
    func queue(told: Impairment) -> QueueDiscipline {
        switch queue {
        case .fifo(let fifo): .fifo(limit(fifo, told: told))
        case .codel(let codel): .codel(codel)
        case .fqCodel(let queue): .fqCodel(queue)
        case .pie(let pie): .pie(pie)
        case .fqPie(let queue): .fqPie(queue)
        case .red(let red): red.discipline(told: told.queue) ?? told.queue
        case .cake(let cake, _): .cake(cake)
        case .netem, .tokenBucket, .htb, .htbClass, .prio: told.queue
        }
    }

    private func limit(_ fifo: Fifo, told: Impairment) -> QueueLimit {
        if fifo.unit == .packets { return .packets(Int(fifo.limit)) }
        let size = ByteCount(Int64(fifo.limit))
        guard case .fifo(.time(let span)) = told.queue else { return .bytes(size) }
        // Without a rate a time is no number of bytes, and the kernel was told the greatest.
        if rate == Shaping.unlimited, fifo == Shaping.fifo(.time(span), told.rate) { return .time(span) }
        return rate.time(for: size).map { .time($0) } ?? .bytes(size)
    }
}

extension RandomEarlyDetection {
    /// In the words it was told; `nil` where it was told to be something else.
    fileprivate func discipline(told: QueueDiscipline) -> QueueDiscipline? {
        guard case .red(var red) = told else { return nil }
        red.limit = ByteCount(Int64(limit))
        red.min = ByteCount(Int64(min))
        red.max = ByteCount(Int64(max))
        red.probability = probability
        (red.ecn, red.hardDrop, red.adaptive) = (ecn, hardDrop, adaptive)
        return .red(red)
    }
}
