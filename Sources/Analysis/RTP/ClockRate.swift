internal import LabModel

/// The rate of a stream's RTP clock, where nobody said it.
enum ClockRate {
    /// The clock of a static payload type (RFC 3551 tables 4 and 5).
    static func ofStaticType(_ payloadType: UInt8) -> Int? {
        switch payloadType {
        case 0, 3, 4, 5, 7, 8, 9, 12, 13, 15, 18: 8000
        case 6: 16000
        case 10, 11: 44100
        case 14, 25, 26, 28, 31, 32, 33, 34: 90000
        case 16: 11025
        case 17: 22050
        default: nil
        }
    }

    /// The usual rate nearest to `ticks` in `time`; `nil` where none is near, or where the time is too short to tell.
    static func usual(ticks: Int64, in time: TimeSpan) -> Int? {
        guard ticks > 0, time >= .milliseconds(200) else { return nil }
        let measured = Double(ticks) / time.seconds
        var found: (rate: Int, distance: Double)?
        for rate in usual {
            let distance = abs(measured / Double(rate) - 1)
            if distance < found?.distance ?? 0.06 { found = (rate, distance) }
        }
        return found?.rate
    }

    private static let usual = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 90000, 96000]
}

/// Holds a stream's first packets back until they show the rate of its clock.
struct ClockSearch {
    struct Sample {
        var arrival: Timestamp
        var timestamp: UInt32
    }

    private(set) var samples: [Sample] = []
    private var first: Sample
    /// The greatest timestamp, as ticks since the first.
    private var ticks: Int64 = 0
    private var ticksAt: Timestamp

    /// Enough packets for any stream's first two seconds or so, in 64 kB.
    private static let limit = 4096

    init(arrival: Timestamp, timestamp: UInt32) {
        first = Sample(arrival: arrival, timestamp: timestamp)
        ticksAt = arrival
    }

    /// Adds a packet; the rate once it is clear.
    mutating func add(arrival: Timestamp, timestamp: UInt32) -> Int? {
        if samples.count < Self.limit { samples.append(Sample(arrival: arrival, timestamp: timestamp)) }
        // A frame's timestamp counts when its first packet arrives: the others only tell how long the frame is.
        let now = Int64(Int32(bitPattern: timestamp &- first.timestamp))
        if now > ticks {
            ticks = now
            ticksAt = arrival
        }
        return arrival - first.arrival >= .seconds(2) ? settle() : nil
    }

    /// The rate by what is there.
    func settle() -> Int? { ClockRate.usual(ticks: ticks, in: ticksAt - first.arrival) }

    /// Jitter over the packets held back; the first of all is where it begins.
    func jitter(clockRate: Int) -> JitterEstimator {
        var jitter = JitterEstimator(clockRate: clockRate, arrival: first.arrival, timestamp: first.timestamp)
        for sample in samples { jitter.add(arrival: sample.arrival, timestamp: sample.timestamp) }
        return jitter
    }
}
