internal import LabModel

/// What became of an access unit.
struct UnitFate {
    var unit: SentUnit
    /// Packets that carry it, and those of them that came.
    var needed: Int64
    var came: Int64 = 0
    /// When the last packet that it needed came; `nil` until it is complete.
    var completed: Timestamp?

    init(_ unit: SentUnit) {
        self.unit = unit
        needed = unit.lastSequence - unit.firstSequence + 1
    }
}

/// Puts the packets that came back together to the access units that were sent.
struct UnitTracker {
    /// In the order of their packets.
    private(set) var units: [UnitFate]

    init(_ sent: [SentUnit]) {
        units = sent.filter { $0.lastSequence >= $0.firstSequence }
            .sorted { ($0.lastSequence, $0.index) < ($1.lastSequence, $1.index) }.map(UnitFate.init)
    }

    /// Notes a packet that came for the first time.
    mutating func add(sequence: Int64, at time: Timestamp) {
        // Several small units may share a packet (RFC 3640): they lie next to each other.
        var index = firstUnit(endingAt: sequence)
        while index < units.count, units[index].unit.firstSequence <= sequence {
            units[index].came += 1
            if units[index].came == units[index].needed { units[index].completed = time }
            index += 1
        }
    }

    /// The first unit whose last packet is `sequence` or a later one.
    private func firstUnit(endingAt sequence: Int64) -> Int {
        var (low, high) = (0, units.count)
        while low < high {
            let middle = (low + high) / 2
            if units[middle].unit.lastSequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension MediaReport {
    init(_ units: [UnitFate], facts: StreamFacts) {
        self.init(stream: facts.stream, codec: facts.codec)
        (width, height, framesPerSecond) = (facts.width, facts.height, facts.framesPerSecond)
        (sampleRate, channels) = (facts.sampleRate, facts.channels)
        var bytes: Int64 = 0
        for fate in units {
            sent += 1
            bytes += fate.unit.size.bytes
            keyFrames += fate.unit.key ? 1 : 0
            if fate.completed != nil {
                complete += 1
                keyFramesComplete += fate.unit.key ? 1 : 0
            } else if fate.came > 0 {
                damaged += 1
            } else {
                missing += 1
            }
        }
        let times = units.map(\.unit.pts)
        if let first = times.min(), let last = times.max(), last > first, units.count > 1 {
            // The last unit lasts as long as the others do.
            let length = (last - first).seconds * Double(units.count) / Double(units.count - 1)
            rate = Rate(bitsPerSecond: Int64(Double(bytes) * 8 / length))
        }
    }
}
