internal import LabModel

/// Which datagrams were sent and when their echoes came.
struct EchoAccount: Sendable {
    /// The longest that anybody waits for an echo.
    private static let limit = TimeSpan.seconds(2)

    private(set) var echoes: [ProbeResult.Echo] = []
    private var answered = 0
    private var longest: TimeSpan?

    /// The number of the next datagram.
    var next: Int64 { Int64(echoes.count) }

    /// Whether every echo came.
    var isComplete: Bool { answered == echoes.count }

    /// How long an echo may still be under way: twice the longest so far, 2 s at most and where none came yet.
    var patience: TimeSpan { longest.map { min($0 + $0, Self.limit) } ?? Self.limit }

    /// Notes a datagram sent.
    mutating func send(at time: Timestamp) {
        echoes.append(ProbeResult.Echo(sent: time, roundTrip: nil))
    }

    /// Notes an echo; one that came before, or was never asked for, changes nothing.
    mutating func receive(number: Int64, at time: Timestamp) {
        guard let index = Int(exactly: number), echoes.indices.contains(index), echoes[index].roundTrip == nil else {
            return
        }
        let roundTrip = time - echoes[index].sent
        echoes[index].roundTrip = roundTrip
        longest = max(longest ?? .zero, roundTrip)
        answered += 1
    }
}
