internal import LabModel

/// What became of an access unit.
struct UnitFate {
    var unit: SentUnit
    /// Some of it came.
    var isTouched = false
    /// When the last of it came; `nil` until it is complete.
    var completed: Timestamp?
}

extension UnitFate {
    /// The fates of one stream's units by what came out of the receiver, where no capture shows which packets carry which
    /// unit: the same timestamp is the same unit, and the same content that it is whole.
    ///
    /// Of several renditions one unit is enough: the one that came, else the first rendition's stands for all.
    static func fates(of sent: [SentUnit], received: [ReceivedUnit]) -> [UnitFate] {
        let arrivals = Dictionary(grouping: received, by: \.timestamp)
        let forms = Dictionary(grouping: sent, by: \.timestamp)
        return sent.filter { $0.rendition == sent.first?.rendition }.map { unit in
            let candidates = arrivals[unit.timestamp] ?? []
            let whole = candidates.lazy.compactMap { candidate in
                forms[unit.timestamp]?.first { $0.content == candidate.content }.map { ($0, candidate.time) }
            }.first
            return UnitFate(unit: whole?.0 ?? unit, isTouched: !candidates.isEmpty, completed: whole?.1)
        }
    }
}

extension MediaReport {
    init(_ units: [UnitFate], facts: StreamFacts) {
        self.init(stream: facts.stream, codec: facts.codec)
        (width, height, framesPerSecond) = (facts.width, facts.height, facts.framesPerSecond)
        (sampleRate, channels) = (facts.sampleRate, facts.channels)
        var (bytes, delivered) = (Int64(0), Int64(0))
        for fate in units {
            sent += 1
            bytes += fate.unit.size.bytes
            keyFrames += fate.unit.key ? 1 : 0
            if fate.completed != nil {
                complete += 1
                delivered += fate.unit.size.bytes
                keyFramesComplete += fate.unit.key ? 1 : 0
            } else if fate.isTouched {
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
            deliveredRate = Rate(bitsPerSecond: Int64(Double(delivered) * 8 / length))
        }
        (sentBytes, deliveredBytes) = (ByteCount(bytes), ByteCount(delivered))
    }
}
