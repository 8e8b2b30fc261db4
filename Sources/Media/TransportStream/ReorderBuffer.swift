/// Puts numbered datagrams back in order: what comes early waits for what is missing before it, but no longer than
/// `patience`.
struct ReorderBuffer {
    typealias Datagram = (bytes: [UInt8], time: Int64)

    /// In ns.
    private let patience: Int64
    /// By extended number, with when each came (monotonic, ns).
    private var waiting: [Int64: (datagram: Datagram, since: Int64)] = [:]
    /// The number that is due.
    private var next: Int64?

    init(patience: Int64) {
        self.patience = patience
    }

    /// Takes a datagram with its 16-bit number; one that comes too late, or twice, is dropped.
    mutating func add(_ datagram: Datagram, number: UInt16, now: Int64) {
        let due = next ?? Int64(number)
        let extended = number.extended(near: due)
        next = due
        if extended >= due { waiting[extended] = (datagram, now) }
    }

    /// When the next one is given up (monotonic, ns); nil where nothing waits.
    var deadline: Int64? { waiting.values.map(\.since).min().map { $0 + patience } }

    /// What is in order by now, in order.
    mutating func take(now: Int64) -> [Datagram] {
        var ready: [Datagram] = []
        while let number = next, !waiting.isEmpty {
            if let entry = waiting.removeValue(forKey: number) {
                ready.append(entry.datagram)
                next = number + 1
            } else if let deadline, now >= deadline {
                next = waiting.keys.min()
            } else {
                break
            }
        }
        return ready
    }
}
