internal import LabModel
internal import LinuxKit

/// Tells when both ends of a link have stopped receiving: its queues are empty then.
struct SilenceWatch: Sendable {
    /// What an idle network receives all the same: neighbour discovery and the like, in bytes.
    private static let murmur: Int64 = 1000

    private let ends: [InterfaceCounters]
    private let quiet: Int64
    private var heard: Int64?
    private var total: Int64 = 0

    init(over path: ProbePath) throws {
        ends = [try InterfaceCounters(in: path.receiver), try InterfaceCounters(in: path.sender)]
        // A slow link is silent between two full packets too.
        let packet = path.rate?.time(for: .largestFrame)?.nanoseconds ?? 0
        quiet = max(250_000_000, min(3 * packet, 10_000_000_000))
    }

    /// Whether nothing has come since a while before `now` (ns, monotonic). Ask often.
    mutating func isSilent(at now: Int64) throws -> Bool {
        var sum: Int64 = 0
        for end in ends { sum += try end.received().bytes }
        guard let heard, sum - total < Self.murmur else {
            heard = now
            total = sum
            return false
        }
        return now - heard >= quiet
    }
}
