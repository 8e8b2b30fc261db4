/// How much a bottleneck's queue holds, in the unit it was asked in.
package enum QueueLimit: Codable, Hashable, Sendable {
    /// The time that a full queue takes to drain at the bottleneck's rate.
    case time(TimeSpan)
    case bytes(ByteCount)
    case packets(Int)

    /// In bytes at `rate`, packets counted as the largest there are; `nil` for a time without a rate.
    package func bytes(at rate: Rate?) -> ByteCount? {
        switch self {
        case .time(let span): rate.map { $0.bytes(in: span) }
        case .bytes(let size): size
        case .packets(let count): ByteCount(Int64(count) * ByteCount.largestFrame.bytes)
        }
    }

    /// In packets of the largest size, rounded up; `nil` for a time without a rate.
    package func packets(at rate: Rate?) -> Int? {
        if case .packets(let count) = self { return count }
        let frame = ByteCount.largestFrame.bytes
        return bytes(at: rate).map { Int(($0.bytes + frame - 1) / frame) }
    }
}
