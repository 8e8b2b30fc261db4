internal import LabModel

/// What became of the packets between the two ends of a link or of one of its hops, in one pass over both captures in the
/// order of time.
struct LinkPass {
    private(set) var downlink: LinkTruth
    private(set) var uplink: LinkTruth
    /// Of the media's whole way.
    private(set) var wire: WireMeter?
    /// Packets that came to one end without having left the other.
    var strangers: Int64 { matchers.values.reduce(0) { $0 + $1.strangers } }

    let phases: [Direction: [LinkPhase]]
    private let ends: LinkEnds
    private var matchers: [Direction: PacketMatcher]
    /// Where the path corrupts packets.
    private let checks: [Direction: FrameCheck]
    /// Of the directions whose impairments tell packets apart.
    private var sorters: [Direction: PacketSorter]
    private var fates: [PacketFate] = []

    /// - Parameters:
    ///   - phases: of each direction, at least one.
    ///   - wire: counts the stream's packets, on its whole way.
    init(
        _ ends: LinkEnds, _ inputs: RunInputs, phases: [Direction: [LinkPhase]], times: RunTimes, bins: TimeBins,
        wire: WireMeter? = nil
    ) {
        self.ends = ends
        self.wire = wire
        self.phases = phases
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
        checks = phases.filter { $0.value.contains { $0.effective.path.corrupt != nil } }
            .mapValues { _ in FrameCheck(longest: Int(inputs.plan.mtu.framed.bytes)) }
        let streams = inputs.streams.bySource
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
    var canMatch: Bool { ends.areKnown }

    func direction(of packet: borrowing NetworkPacket) -> Direction? {
        ends.direction(from: packet.source, to: packet.destination)
    }

    /// Whether a frame is one that was sent, but for a bit: any bit, so that nothing in it can be trusted.
    mutating func isCorrupted(_ frame: CapturedFrame, at point: CaptureFacts.Point) -> Bool {
        let incoming = point == .sender ? Direction.uplink : .downlink
        guard let check = checks[incoming], frame.bytes.count == frame.length else { return false }
        let value = check.value(of: frame.bytes)
        guard matchers[incoming]?.hasSent(check: value) == false else { return false }
        return matchers[incoming]?.arrivedCorrupted(size: frame.length, at: frame.time) {
            check.differByOneBit($0, value)
        } ?? false
    }

    /// Adds the next packet of one capture, where it passes from one end to the other.
    mutating func add(_ packet: borrowing NetworkPacket, _ frame: CapturedFrame, at point: CaptureFacts.Point) {
        guard let direction = direction(of: packet) else { return }
        if (direction == .downlink) == (point == .sender) {
            let check = checks[direction]?.value(of: frame.bytes)
            let traits = sorters[direction]?.traits(of: packet) ?? PacketTraits()
            let purpose = wire?.purpose(of: packet, direction, size: frame.length, at: frame.time)
            matchers[direction]?.sent(
                key: packet.key, check: check, size: frame.length, at: frame.time, ecn: packet.ecn,
                isFragment: packet.fragment != nil, traits: traits, purpose: purpose)
        } else {
            let flow = flow(of: packet, direction)
            matchers[direction]?.arrived(
                key: packet.key, at: frame.time, marked: packet.ecn == .marked, flow: flow)
        }
        matchers[direction]?.settle(at: frame.time, into: &fates)
        handOver(direction)
    }

    /// Ends all that is still open.
    ///
    /// - Parameters:
    ///   - lastWords: packets sent after it may have been under way when the captures ended.
    ///   - end: the last frame.
    mutating func finish(lastWords: Timestamp?, end: Timestamp?) {
        let longest = phases.values.joined().map(\.longestDelay).max() ?? .zero
        let hasSlots = phases.values.joined().contains { $0.effective.path.slots != nil }
        let limit = (hasSlots ? nil : lastWords) ?? end.map { $0 - longest - .milliseconds(50) }
        for direction in Direction.allCases {
            matchers[direction]?.finish(underWaySince: limit, into: &fates)
            handOver(direction)
        }
        downlink.finish()
        uplink.finish()
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
            wire?.add(fate, direction)
        }
        fates.removeAll(keepingCapacity: true)
    }
}
