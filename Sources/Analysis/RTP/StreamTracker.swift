internal import LabModel

/// What a packet was to its stream.
enum Placement: Equatable {
    /// Came for the first time; its extended sequence number.
    case new(Int64)
    case duplicate(Int64)
    /// Belongs to no run of sequence numbers: a stray, or the first packet after a restart.
    case stray
}

/// Everything that one pass over an RTP stream tells, in memory that does not grow with the stream.
struct StreamTracker {
    var report: RTPStreamReport
    private(set) var isConfirmed: Bool

    private var window: SequenceWindow
    private var lastArrival: Timestamp
    private var highestTimestamp: UInt32
    private var highestArrival: Timestamp
    private var duplicates: Int64 = 0
    private var strays: Int64 = 0
    private var progress = 0
    private var missingBefore: Int64 = 0
    private var expectedBefore: Int64 = 0
    private var runsBefore: [Int64] = []
    private var jump: RTPHeader?
    private var search: ClockSearch?
    private var jitter: JitterEstimator?
    private var drift: DriftEstimator
    private var uniqueInRun: Int64 = 0
    private var payload: StreamPayload

    /// Begins with the stream's first packet. `facts` are the sender's own words of it, if there are any.
    ///
    /// - Parameter map: says which format its payload type stands for.
    init(_ header: RTPHeader, packet: NetworkPacket, time: Timestamp, facts: StreamFacts?, map: PayloadMap) {
        let known = facts.flatMap { PayloadFormat(named: $0.codec) }
        payload = StreamPayload(
            header, packet: packet, start: time, format: known.map { ($0, .run) } ?? map[header.payloadType])
        report = RTPStreamReport(
            ssrc: header.ssrc, source: packet.sourceText, destination: packet.destinationText, first: time)
        report.stream = facts?.stream
        report.codec = facts?.codec
        report.camera = facts?.camera
        report.clockRate = facts?.clockRate ?? ClockRate.ofStaticType(header.payloadType)
        // Both ends then count the same cycles, even where the first packets were lost at a wrap.
        let origin = Int64(facts?.rtp?.firstSequence ?? header.sequence)
        let ahead = Int16(bitPattern: header.sequence &- UInt16(truncatingIfNeeded: origin))
        window = SequenceWindow(startingAt: origin + Int64(ahead))
        report.firstSequence = window.first
        drift = DriftEstimator(arrival: time, timestamp: header.timestamp)
        lastArrival = time
        highestTimestamp = header.timestamp
        highestArrival = time
        isConfirmed = facts != nil
        count(header, size: packet.payloadLength, at: time)
        uniqueInRun = 1
        beginJitter(header, at: time)
        payload.add(header, number: window.first, of: packet, at: time)
    }

    /// The running jitter of RFC 3550.
    var currentJitter: TimeSpan? { jitter?.current }

    var lastSeen: Timestamp { lastArrival }

    /// Adds a packet that is not the first.
    mutating func add(_ header: RTPHeader, packet: borrowing NetworkPacket, at time: Timestamp) -> Placement {
        count(header, size: packet.payloadLength, at: time)
        addToJitter(header, at: time)
        drift.add(arrival: time, timestamp: header.timestamp)
        let placement = place(header, at: time)
        switch placement {
        case .new(let number):
            uniqueInRun += 1
            payload.add(header, number: number, of: packet, at: time)
        case .duplicate: duplicates += 1
        case .stray: strays += 1
        }
        return placement
    }

    /// The stream's figures; the tracker is spent.
    mutating func finish() -> RTPStreamReport {
        if jitter == nil, let search, let rate = search.settle() {
            report.clockRate = rate
            jitter = search.jitter(clockRate: rate)
        }
        closeRun()
        report.payload = payload.finish()
        report.expected = expectedBefore
        report.missing = missingBefore
        report.lostRFC3550 = expectedBefore - report.packets
        report.duplicates = duplicates
        report.lossRuns = runsBefore
        report.meanJitter = jitter?.mean
        report.maximumJitter = jitter?.greatest
        let length = report.last - report.first
        var bursts = window.bursts
        report.bursts = bursts.report(expected: report.expected, missing: report.missing, length: length)
        report.drift =
            report.restarts > 0 ? nil : report.clockRate.flatMap { drift.drift(clockRate: $0, length: length) }
        let seconds = length.seconds
        if seconds > 0 {
            report.rate = Rate(bitsPerSecond: Int64(Double(report.bytes.bytes) * 8 / seconds))
        }
        return report
    }
}

extension StreamTracker {
    private mutating func count(_ header: RTPHeader, size: Int, at time: Timestamp) {
        report.packets += 1
        report.bytes.bytes += Int64(size)
        report.markers += header.marker ? 1 : 0
        // Integers, because `max` of another module's type is not inlined, and this is done for every packet.
        report.maximumGap.nanoseconds = max(report.maximumGap.nanoseconds, (time - lastArrival).nanoseconds)
        report.last.nanoseconds = max(report.last.nanoseconds, time.nanoseconds)
        lastArrival = time
        if report.payloadTypes.last != header.payloadType, !report.payloadTypes.contains(header.payloadType) {
            report.payloadTypes.append(header.payloadType)
        }
    }

    private mutating func beginJitter(_ header: RTPHeader, at time: Timestamp) {
        if let rate = report.clockRate {
            jitter = JitterEstimator(clockRate: rate, arrival: time, timestamp: header.timestamp)
        } else {
            search = ClockSearch(arrival: time, timestamp: header.timestamp)
        }
    }

    private mutating func addToJitter(_ header: RTPHeader, at time: Timestamp) {
        if jitter != nil {
            jitter?.add(arrival: time, timestamp: header.timestamp)
        } else if let rate = search?.add(arrival: time, timestamp: header.timestamp) {
            report.clockRate = rate
            jitter = search?.jitter(clockRate: rate)
            search = nil
        }
    }

    private mutating func closeRun() {
        window.finish()
        let expected = window.highest - window.first + 1
        expectedBefore += expected
        missingBefore += expected - uniqueInRun
        if window.runs.count > runsBefore.count {
            runsBefore += Array(repeating: 0, count: window.runs.count - runsBefore.count)
        }
        for (index, count) in window.runs.enumerated() { runsBefore[index] += count }
        report.firstSequence = min(report.firstSequence, window.first)
        report.highestSequence = window.highest
    }
}

extension StreamTracker {
    /// RFC 3550 appendix A.1: a jump this far is not taken on trust.
    private static let maximumDropout: UInt16 = 3000
    private static let maximumMisorder: Int64 = 100

    /// Finds the packet's place. Unlike A.1, a far jump that the RTP timestamp and the clock bear out is an outage (its
    /// packets are missing) or a late packet, and only another one begins the sequence anew.
    private mutating func place(_ header: RTPHeader, at time: Timestamp) -> Placement {
        let ahead = header.sequence &- UInt16(truncatingIfNeeded: window.highest)
        if ahead > 0, ahead < Self.maximumDropout {
            return advance(to: window.highest + Int64(ahead), header, at: time)
        }
        let distance = Int64(Int16(bitPattern: ahead))
        if distance > 0 {
            return isBorneOut(header, at: time)
                ? advance(to: window.highest + distance, header, at: time) : jumped(header, at: time)
        }
        guard distance > -Self.maximumMisorder || isLate(header) else { return jumped(header, at: time) }
        let number = window.highest + distance
        guard window.insert(number) else { return .duplicate(number) }
        report.reordered += 1
        report.reorderDistance = max(report.reorderDistance, -distance)
        return .new(number)
    }

    private mutating func advance(to number: Int64, _ header: RTPHeader, at time: Timestamp) -> Placement {
        if number - window.highest < 100 { progress += 1 }
        isConfirmed = isConfirmed || (progress >= 3 && report.payloadTypes.count <= 2)
        _ = window.insert(number)
        highestTimestamp = header.timestamp
        highestArrival = time
        jump = nil
        return .new(number)
    }

    /// Whether the timestamp went on as long as the clock did.
    private func isBorneOut(_ header: RTPHeader, at time: Timestamp) -> Bool {
        let media = mediaTime(header)
        let elapsed = (time - highestArrival).seconds
        return abs(media - elapsed) <= 0.5 + 0.1 * elapsed
    }

    /// Whether the timestamp is one of the last ten seconds.
    private func isLate(_ header: RTPHeader) -> Bool { (-10...0).contains(mediaTime(header)) }

    private func mediaTime(_ header: RTPHeader) -> Double {
        Double(Int32(bitPattern: header.timestamp &- highestTimestamp)) / Double(report.clockRate ?? 90000)
    }

    /// Two packets in a row behind a jump begin the sequence anew.
    private mutating func jumped(_ header: RTPHeader, at time: Timestamp) -> Placement {
        guard let before = jump, header.sequence == before.sequence &+ 1 else {
            jump = header
            return .stray
        }
        closeRun()
        payload.restart()
        report.restarts += 1
        jump = nil
        strays -= 1
        let start = ((window.highest >> 16) + 2) << 16 + Int64(before.sequence)
        window = SequenceWindow(startingAt: start, bursts: window.bursts)
        uniqueInRun = 1
        return advance(to: start + 1, header, at: time)
    }
}
