internal import LabModel

/// How the stream's clock goes against the capture's: the line of least squares through arrivals and timestamps, in
/// constant memory.
struct DriftEstimator {
    private let first: Timestamp
    private var last: UInt32
    private var ticks: Int64 = 0
    private var count = 0.0
    private var sums = (x: 0.0, y: 0.0, xx: 0.0, xy: 0.0)

    /// Over less, the packets' jitter hides all that clocks differ by.
    private static let shortest = TimeSpan.seconds(10)

    init(arrival: Timestamp, timestamp: UInt32) {
        first = arrival
        last = timestamp
    }

    /// Of the packets with one timestamp the first counts: the others only tell how long a frame takes to send.
    mutating func add(arrival: Timestamp, timestamp: UInt32) {
        guard timestamp != last else { return }
        ticks += Int64(Int32(bitPattern: timestamp &- last))
        last = timestamp
        let (x, y) = (Double(ticks), Double(arrival.nanoseconds - first.nanoseconds))
        count += 1
        sums = (sums.x + x, sums.y + y, sums.xx + x * x, sums.xy + x * y)
    }

    /// How much faster the stream's clock is, as a ratio; `nil` of too little.
    func drift(clockRate: Int, length: TimeSpan) -> Double? {
        guard length >= Self.shortest, count >= 100 else { return nil }
        let spread = sums.xx - sums.x * sums.x / count
        let slope = (sums.xy - sums.x * sums.y / count) / spread
        guard spread > 0, slope > 0 else { return nil }
        return 1e9 / (slope * Double(clockRate)) - 1
    }
}
