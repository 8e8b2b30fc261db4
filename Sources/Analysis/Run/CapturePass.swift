internal import LabModel

/// One pass over both captures of a run, in the order of time.
struct CapturePass {
    private(set) var senderRTP: RTPAnalyzer
    private(set) var receiverRTP: RTPAnalyzer
    private(set) var downlink: LinkTruth
    private(set) var uplink: LinkTruth
    private(set) var units: [MediaKind: UnitTracker]
    private(set) var streamSeries: [MediaKind: StreamSeries]
    /// Packets that came to one end without having left the other.
    var strangers: Int64 { matchers[.downlink, default: none].strangers + matchers[.uplink, default: none].strangers }

    private let sender: IPAddress?
    private let receiver: IPAddress?
    private let facts: [UInt32: StreamFacts]
    private var matchers: [Direction: PacketMatcher]
    /// Where the path corrupts packets.
    private let checks: [Direction: FrameCheck]
    /// Of the directions whose impairments tell packets apart.
    private var sorters: [Direction: PacketSorter]
    private let none = PacketMatcher(patience: .zero)
    private var fates: [PacketFate] = []

    init(_ inputs: RunInputs, times: RunTimes, phases: [Direction: [LinkPhase]], bins: TimeBins) {
        senderRTP = RTPAnalyzer(streams: inputs.streams)
        receiverRTP = RTPAnalyzer(streams: inputs.streams)
        let truth = { direction in
            LinkTruth(
                direction: direction, phases: phases[direction] ?? [],
                courses: CourseTruth.all(
                    of: direction, in: inputs.plan, run: inputs.run, phases: phases[direction] ?? [],
                    origin: times.origin),
                stream: times.stream, bins: bins)
        }
        downlink = truth(.downlink)
        uplink = truth(.uplink)
        sender = IPAddress(inputs.run.senderAddress)
        receiver = IPAddress(inputs.run.receiverAddress)
        facts = inputs.streams.bySource
        units = Dictionary(grouping: inputs.sent, by: \.stream).mapValues(UnitTracker.init)
        streamSeries = Dictionary(
            inputs.streams.map { ($0.stream, StreamSeries(bins: bins)) }, uniquingKeysWith: { first, _ in first })
        checks = phases.filter { $0.value.contains { $0.effective.path.corrupt != nil } }
            .mapValues { _ in FrameCheck(longest: Int(ByteCount.largestFrame.bytes)) }
        let streams = facts
        let sorters = phases.compactMapValues { PacketSorter($0, streams: streams) }
        self.sorters = sorters
        matchers = Dictionary(
            uniqueKeysWithValues: phases.map { direction, phases in
                (direction, Self.matcher(phases, sorter: sorters[direction]))
            })
    }

    private static func matcher(_ phases: [LinkPhase], sorter: PacketSorter?) -> PacketMatcher {
        PacketMatcher(
            patience: phases.map(\.patience).max() ?? .zero, spread: phases.map(\.copySpread).max() ?? .zero,
            keepsOrder: sorter?.keepsOrder ?? phases.allSatisfy(\.effective.queue.keepsOrder))
    }

    /// Whether both ends can be told apart.
    var canMatch: Bool { sender != nil && receiver != nil }

    /// Adds the next frame of one capture.
    mutating func add(_ frame: CapturedFrame, at point: CaptureFacts.Point) {
        // What came corrupted the host drops, by its checksum or its address.
        if isCorrupted(frame, at: point) { return }
        guard let packet = NetworkPacket(frame) else {
            if point == .sender { senderRTP.addUnreadable() } else { receiverRTP.addUnreadable() }
            return
        }
        if let direction = direction(of: packet) {
            match(packet, frame, direction: direction, point: point)
        }
        if point == .sender {
            senderRTP.add(packet, at: frame.time)
        } else {
            take(receiverRTP.add(packet, at: frame.time), size: packet.payloadLength, at: frame.time)
        }
    }

    /// Whether a frame is one that was sent, but for a bit: any bit, so that nothing in it can be trusted.
    private mutating func isCorrupted(_ frame: CapturedFrame, at point: CaptureFacts.Point) -> Bool {
        let incoming = point == .sender ? Direction.uplink : .downlink
        guard let check = checks[incoming], frame.bytes.count == frame.length else { return false }
        let value = check.value(of: frame.bytes)
        guard matchers[incoming]?.hasSent(check: value) == false else { return false }
        return matchers[incoming]?.arrivedCorrupted(size: frame.length, at: frame.time) {
            check.differByOneBit($0, value)
        } ?? false
    }

    func direction(of packet: borrowing NetworkPacket) -> Direction? {
        if packet.source == sender, packet.destination == receiver { return .downlink }
        if packet.source == receiver, packet.destination == sender { return .uplink }
        return nil
    }

    /// Ends all that is still open.
    ///
    /// - Parameter limit: packets sent after it may have been under way when the captures ended.
    mutating func finish(underWaySince limit: Timestamp?) {
        for direction in Direction.allCases {
            matchers[direction]?.finish(underWaySince: limit, into: &fates)
            handOver(direction)
        }
        downlink.finish()
        uplink.finish()
    }

    mutating func reports(senderDamage: String?, receiverDamage: String?) -> (sent: RTPReport, received: RTPReport) {
        (senderRTP.finish(damage: senderDamage), receiverRTP.finish(damage: receiverDamage))
    }

    private mutating func match(
        _ packet: borrowing NetworkPacket, _ frame: CapturedFrame, direction: Direction, point: CaptureFacts.Point
    ) {
        if (direction == .downlink) == (point == .sender) {
            let check = checks[direction]?.value(of: frame.bytes)
            let traits = sorters[direction]?.traits(of: packet) ?? PacketTraits()
            matchers[direction]?.sent(
                key: packet.key, check: check, size: frame.length, at: frame.time, ecn: packet.ecn, traits: traits)
        } else {
            let flow = flow(of: packet, direction)
            matchers[direction]?.arrived(
                key: packet.key, at: frame.time, marked: packet.ecn == .marked, flow: flow)
        }
        matchers[direction]?.settle(at: frame.time, into: &fates)
        handOver(direction)
    }

    /// What packets have in common that keep their order, where not all do.
    private func flow(of packet: borrowing NetworkPacket, _ direction: Direction) -> UInt64? {
        guard matchers[direction]?.keepsOrder == false else { return nil }
        guard let sorter = sorters[direction] else { return packet.flow }
        return sorter.orderClass(of: packet)
    }

    private mutating func handOver(_ direction: Direction) {
        for fate in fates {
            if direction == .downlink { downlink.add(fate) } else { uplink.add(fate) }
        }
        fates.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ observation: RTPAnalyzer.Observation, size: Int, at time: Timestamp) {
        guard case .rtp(let header, let stream, let placement) = observation, let kind = facts[header.ssrc]?.stream
        else { return }
        streamSeries[kind]?.add(size: size, jitter: receiverRTP.jitter(of: stream), at: time)
        if case .new(let sequence) = placement { units[kind]?.add(sequence: sequence, at: time) }
    }
}

/// One RTP stream over time, as it arrives.
struct StreamSeries {
    private let bins: TimeBins
    private var jitter: BinnedMean
    private var bytes: [Int64]

    init(bins: TimeBins) {
        self.bins = bins
        jitter = BinnedMean(bins)
        bytes = Array(repeating: 0, count: bins.count)
    }

    mutating func add(size: Int, jitter value: TimeSpan?, at time: Timestamp) {
        guard let index = bins.index(of: time) else { return }
        bytes[index] += Int64(size)
        if let value { jitter.add(value.seconds, at: time) }
    }

    func series(_ kind: MediaKind) -> [Series] {
        guard let first = bytes.firstIndex(where: { $0 > 0 }), let last = bytes.lastIndex(where: { $0 > 0 }) else {
            return []
        }
        // A bin without a packet between others has a rate of zero; outside there is no rate.
        let rates = bytes.indices.map { index -> Double? in
            (first...last).contains(index) ? Double(bytes[index]) * 8 / bins.width.seconds : nil
        }
        return [
            bins.series(Series.Name.rtpRate(kind), .rate, rates),
            bins.series(Series.Name.jitter(kind), .time, jitter.values),
        ].compactMap(\.self)
    }
}

/// Two captures as one, in the order of time.
struct CaptureMerge {
    private let sender: (any FrameSource)?
    private let receiver: (any FrameSource)?
    private var fromSender: CapturedFrame?
    private var fromReceiver: CapturedFrame?

    init(sender: (any FrameSource)?, receiver: (any FrameSource)?) {
        self.sender = sender
        self.receiver = receiver
        fromSender = sender?.next()
        fromReceiver = receiver?.next()
    }

    /// The time of the frame that comes next.
    var time: Timestamp? {
        [fromSender?.time, fromReceiver?.time].compactMap(\.self).min()
    }

    /// Hands the next frame to `body`; false at the end of both. In virtual time a packet can arrive at the nanosecond
    /// that it was sent at: `senderFirst` says whether the sender's frame is the one that leaves.
    mutating func next(
        senderFirst: (CapturedFrame) -> Bool, _ body: (CapturedFrame, CaptureFacts.Point) -> Void
    ) -> Bool {
        guard let left = fromSender else { return take(fromReceiver, .receiver, body) }
        guard let right = fromReceiver else { return take(left, .sender, body) }
        let isSender = left.time < right.time || (left.time == right.time && senderFirst(left))
        return isSender ? take(left, .sender, body) : take(right, .receiver, body)
    }

    private mutating func take(
        _ frame: CapturedFrame?, _ point: CaptureFacts.Point, _ body: (CapturedFrame, CaptureFacts.Point) -> Void
    ) -> Bool {
        guard let frame else { return false }
        body(frame, point)
        if point == .sender { fromSender = sender?.next() } else { fromReceiver = receiver?.next() }
        return true
    }
}
