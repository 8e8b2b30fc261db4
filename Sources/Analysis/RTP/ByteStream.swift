/// One direction of a TCP connection, put in order (RFC 9293): what comes again is left out, what comes early waits.
struct ByteStream {
    private var next: UInt32
    private var early: [UInt32: [UInt8]] = [:]
    /// What no capture shows any more is not waited for longer than this.
    private static let most = 4096

    /// - Parameter first: the number of the first byte.
    init(startingAt first: UInt32) {
        next = first
    }

    /// Takes a segment; all that is in order by it, which may be nothing.
    mutating func add(_ bytes: UnsafeRawBufferPointer, at sequence: UInt32) -> [UInt8] {
        let ahead = Int32(bitPattern: sequence &- next)
        guard ahead <= 0 else {
            if early.count < Self.most, early[sequence]?.count ?? 0 < bytes.count { early[sequence] = Array(bytes) }
            return []
        }
        var ordered = Array(bytes.dropFirst(Int(-Int64(ahead))))
        next &+= UInt32(truncatingIfNeeded: ordered.count)
        while let (start, held) = early.first(where: { Int32(bitPattern: $0.key &- next) <= 0 }) {
            early[start] = nil
            let fresh = held.dropFirst(Int(next &- start))
            ordered += fresh
            next &+= UInt32(truncatingIfNeeded: fresh.count)
        }
        return ordered
    }
}
