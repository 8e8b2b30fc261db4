internal import LabModel

/// Interarrival jitter (RFC 3550 section 6.4.1 and appendix A.8), in floating point and for every packet that comes,
/// duplicates and late ones included.
struct JitterEstimator {
    private let clockRate: Double
    private var lastArrival: Timestamp
    private var lastTimestamp: UInt32
    /// In units of the RTP clock.
    private(set) var value = 0.0
    private var sum = 0.0
    private var maximum = 0.0
    private var count: Int64 = 0

    init(clockRate: Int, arrival: Timestamp, timestamp: UInt32) {
        self.clockRate = Double(clockRate)
        lastArrival = arrival
        lastTimestamp = timestamp
    }

    mutating func add(arrival: Timestamp, timestamp: UInt32) {
        let arrived = Double(arrival.nanoseconds - lastArrival.nanoseconds) * clockRate / 1e9
        let transit = arrived - Double(Int32(bitPattern: timestamp &- lastTimestamp))
        value += (abs(transit) - value) / 16
        lastArrival = arrival
        lastTimestamp = timestamp
        sum += value
        maximum = max(maximum, value)
        count += 1
    }

    var mean: TimeSpan? { count > 0 ? TimeSpan(seconds: sum / Double(count) / clockRate) : nil }

    var greatest: TimeSpan? { count > 0 ? TimeSpan(seconds: maximum / clockRate) : nil }

    var current: TimeSpan { TimeSpan(seconds: value / clockRate) }
}
