internal import LabModel

/// The rate that arrives while the bottleneck is busy without a break: from one packet that had to wait to the last in a
/// row. Packets that the path lost have passed the bottleneck, so they count.
struct BusyMeter {
    /// Shorter stretches say more of the clock, or of the jitter, than of the rate.
    private let shortest: TimeSpan
    private var start: Timestamp?
    private var last: Timestamp?
    private var counted: Int64 = 0
    private var lostSinceLast: Int64 = 0
    private var packets = 0

    private(set) var bytes: Int64 = 0
    private(set) var time = TimeSpan.zero

    init(jitter: TimeSpan) {
        shortest = max(.milliseconds(10), TimeSpan(nanoseconds: jitter.nanoseconds * 200))
    }

    /// - Parameter hadToWait: whether the packet found the bottleneck busy.
    mutating func add(_ passage: Passage, hadToWait: Bool) {
        guard hadToWait else {
            close()
            return
        }
        guard let arrival = passage.fate.arrival else {
            lostSinceLast += Int64(passage.fate.size)
            return
        }
        if start == nil {
            start = arrival
        } else {
            counted += lostSinceLast + Int64(passage.fate.size)
            packets += 1
        }
        lostSinceLast = 0
        last = arrival
    }

    /// Ends the stretch.
    mutating func close() {
        if let start, let last, last - start >= shortest, packets >= 8 {
            bytes += counted
            time = time + (last - start)
        }
        (start, last, counted, lostSinceLast, packets) = (nil, nil, 0, 0, 0)
    }

    /// `nil` where the busy time is too short to tell.
    var rate: Rate? {
        guard time >= .milliseconds(500) else { return nil }
        return Rate(bitsPerSecond: Int64((Double(bytes) * 8 / time.seconds).rounded()))
    }
}
