internal import Glibc
internal import LabModel
internal import LinuxKit

extension Stretch {
    /// Where received pictures are cut.
    static func cuts(_ units: [ReceivedUnit], _ facts: StreamFacts) -> [Range<Int>] {
        cuts(units.map { ($0.key, facts.ticks(of: $0)) }, clockRate: clock(of: facts.stream))
    }

    /// Received units with their bytes from the file at `path`, up to the first that the file does not hold whole.
    init(_ units: ArraySlice<ReceivedUnit>, of facts: StreamFacts, from path: String) throws(SystemCallError) {
        let size = try File.size(path)
        let file = try FileDescriptor.open(path)
        var end: Int64 = 0
        for unit in units {
            // Units that overlap are no receiver's, and could be more than memory holds.
            guard unit.offset >= end, unit.offset <= size, (0...size - unit.offset).contains(unit.size.bytes) else {
                return
            }
            end = unit.offset + unit.size.bytes
            let bytes = try SystemCallError.naming("read", path) { () throws(Errno) in
                try file.read(count: Int(unit.size.bytes), at: Int(unit.offset))
            }
            guard bytes.count == Int(unit.size.bytes) else { return }
            add(bytes, ticks: facts.ticks(of: unit))
        }
    }
}

extension CodecSetup {
    init(_ facts: StreamFacts) {
        self.init(codec: facts.codec, extradata: Hexadecimal.bytes(facts.extradata) ?? [])
    }
}

extension StreamFacts {
    fileprivate func ticks(of unit: ReceivedUnit) -> Int64 {
        ticks(of: unit.timestamp).rescaled(from: clockRate, to: Stretch.clock(of: stream))
    }
}

extension Int64 {
    /// Ticks of one clock in those of another, to the nearest.
    func rescaled(from rate: Int, to other: Int) -> Int64 {
        let (whole, rest) = quotientAndRemainder(dividingBy: Int64(rate))
        return whole * Int64(other) + Int64((Double(rest) * Double(other) / Double(rate)).rounded())
    }
}
