internal import LabModel

/// One RTP stream: addresses, ports and SSRC.
struct FlowKey: Hashable {
    var source: IPAddress
    var destination: IPAddress
    var ports: UInt32
    var ssrc: UInt32

    init(_ packet: borrowing NetworkPacket, ssrc: UInt32) {
        source = packet.source
        destination = packet.destination
        ports = UInt32(packet.sourcePort) << 16 | UInt32(packet.destinationPort)
        self.ssrc = ssrc
    }

    /// A cheap hash for the cache in front of the dictionary.
    var slot: Int { Int((ssrc &* 0x9e37_79b1 ^ ports) >> 24) }
}

/// Finds a stream's number by its key: a dictionary behind a small cache, because most packets belong to few streams.
struct FlowTable {
    private var numbers: [FlowKey: Int] = [:]
    private var cache: [(key: FlowKey, number: Int)?] = Array(repeating: nil, count: 256)

    mutating func number(of key: FlowKey) -> Int? {
        if let cached = cache[key.slot], cached.key == key { return cached.number }
        guard let number = numbers[key] else { return nil }
        cache[key.slot] = (key, number)
        return number
    }

    mutating func set(_ key: FlowKey, to number: Int) {
        numbers[key] = number
        cache[key.slot] = (key, number)
    }

    /// Forgets what `keep` refuses, and gives the others the number that it returns.
    mutating func renumber(_ keep: (Int) -> Int?) {
        numbers = numbers.compactMapValues(keep)
        cache = Array(repeating: nil, count: cache.count)
    }
}
