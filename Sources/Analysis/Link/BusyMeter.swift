internal import LabModel

/// The rate that passes the bottleneck while it is busy without a break: from one packet that had to wait to the last in a
/// row, as they arrive. What the path should have lost of them behind the bottleneck is added in proportion; which of the
/// lost packets that were is the model's guess, and a wrong rate must not be hidden by it.
struct BusyMeter {
    /// Shorter stretches say more of the clock, or of the jitter, than of the rate.
    private let shortest: TimeSpan
    private let loss: LossModel
    private let queue: QueueDiscipline
    private let waitsAfterPacket: Bool
    /// By which packets that take the path come after others that left the bottleneck with them.
    private let delay: TimeSpan
    private var start: Timestamp?
    private var last: Timestamp?
    private var lastSize = 0
    private var counted: Int64 = 0
    private var packets = 0
    /// Of `counted`, what the path may have lost some of.
    private var exposed: Int64 = 0

    private(set) var bytes: Int64 = 0
    private(set) var time = TimeSpan.zero
    private var exposedBytes: Int64 = 0
    private var packetsInAll = 0

    init(_ impairment: Impairment) {
        shortest = max(.milliseconds(10), TimeSpan(nanoseconds: impairment.jitter.nanoseconds * 200))
        loss = impairment.loss
        queue = impairment.queue
        waitsAfterPacket = impairment.waitsAfterPacket
        delay = impairment.match == nil ? .zero : impairment.delay
    }

    /// - Parameters:
    ///   - hadToWait: whether the packet found the bottleneck busy.
    ///   - isBeside: whether the path is for others.
    mutating func add(_ passage: Passage, hadToWait: Bool, isBeside: Bool = false) {
        guard hadToWait else {
            close()
            return
        }
        let size = Int64(queue.accounted(waitsAfterPacket ? lastSize : passage.fate.size))
        guard let arrival = passage.fate.arrival.map({ isBeside ? $0 : $0 - delay }) else {
            // It is known to have passed the bottleneck.
            if passage.outcome == .listed, start != nil {
                counted += size
                lastSize = passage.fate.size
            }
            return
        }
        if start == nil {
            start = arrival
        } else {
            counted += size
            if !isBeside { exposed += size }
            packets += 1
        }
        // Where flows take turns, packets come in another order than they left.
        last = max(last ?? arrival, arrival)
        lastSize = passage.fate.size
    }

    /// Ends the stretch.
    mutating func close() {
        if let start, let last, last - start >= shortest, packets >= 8 {
            bytes += counted
            exposedBytes += exposed
            packetsInAll += packets
            time = time + (last - start)
        }
        (start, last, counted, exposed, packets) = (nil, nil, 0, 0, 0)
    }

    /// `nil` where the busy time is too short to tell.
    var rate: Rate? {
        guard time >= .milliseconds(500) else { return nil }
        let lost = Double(exposedBytes) * (1 / max(1 - loss.meanLoss.value, 0.01) - 1)
        let passed = Double(bytes) + lost
        return Rate(bitsPerSecond: Int64((passed * 8 / time.seconds).rounded()))
    }

    /// 1 %, and twice what chance does to the number of packets lost behind the bottleneck.
    var tolerance: Double {
        let share = loss.meanLoss.value
        let variance = share * (1 - share) * loss.varianceInflation / Double(max(packetsInAll, 1))
        return 0.01 + 2 * variance.squareRoot()
    }
}
