internal import CAV
internal import LabModel

/// Every packet of a run and when it leaves, worked out before the first one does.
struct SendSchedule {
    /// One access unit with its packets.
    struct Unit {
        let stream: Int
        let index: Int
        let pts: TimeSpan
        let timestamp: UInt32
        let size: Int
        let isKey: Bool
        /// Extended sequence number of the first packet.
        let firstSequence: Int64
        /// When it is due, since the stream's start, in nanoseconds.
        let due: Int64
        let packets: [[UInt8]]
    }

    /// Packets of one unit that leave together.
    struct Departure {
        /// Since the stream's start, in nanoseconds.
        let due: Int64
        let unit: Int
        let packets: Range<Int>
    }

    let streams: [StreamFacts]
    let descriptions: [String]
    let units: [Unit]
    /// In the order of their times.
    let departures: [Departure]
    /// Presentation time 0 against the stream's start, in nanoseconds: 0 unless frames are shown in another order
    /// than they are sent in.
    let presentationStart: Int64

    /// - Parameters:
    ///   - port: of the first stream; nil where the receiver chooses.
    ///   - camera: whose streams these are, where there are several.
    init(
        _ source: MediaSource, identities: [StreamIdentity], port: UInt16?, pipeline: PipelinePlan, marked: Bool,
        camera: Int? = nil
    ) throws(AVFailure) {
        var streams: [StreamFacts] = []
        var descriptions: [String] = []
        var units: [Unit] = []
        let shift = source.presentationStart
        for (index, (stream, identity)) in zip(source.streams, identities).enumerated() {
            let muxer = try Packetizer(
                stream.parameters, payloadType: UInt8(96 + index), ssrc: identity.ssrc, largest: pipeline.packet)
            streams.append(
                StreamFacts(
                    stream, clockRate: muxer.clockRate, firstTimestamp: identity.firstTimestamp,
                    rtp: RTPStreamFacts(
                        ssrc: identity.ssrc, payloadType: UInt8(96 + index), firstSequence: identity.firstSequence,
                        port: port.map { $0 + UInt16(2 * index) }),
                    marked: marked, camera: camera))
            descriptions.append(muxer.description)
            units += Self.units(of: stream, index, identity, try muxer.packets(of: stream), shift)
        }
        self.streams = streams
        self.descriptions = descriptions
        self.units = units
        departures = Self.departures(units, pipeline.pacing)
        presentationStart = shift
    }

    private static func units(
        of stream: MediaSource.Stream, _ number: Int, _ identity: StreamIdentity,
        _ packets: [(timestamp: Int64, packets: [[UInt8]])], _ shift: Int64
    ) -> [Unit] {
        var sequence = Int64(identity.firstSequence)
        return zip(stream.units, packets).enumerated().map { index, pair in
            let (unit, (time, packets)) = pair
            let timestamp = identity.firstTimestamp &+ UInt32(truncatingIfNeeded: time)
            let first = sequence
            let rewritten = packets.map { bytes in
                var bytes = bytes
                RTPHeader.rewrite(
                    &bytes, sequence: UInt16(truncatingIfNeeded: sequence), timestamp: timestamp, ssrc: identity.ssrc)
                sequence += 1
                return bytes
            }
            return Unit(
                stream: number, index: index, pts: stream.time(unit.pts), timestamp: timestamp,
                size: unit.bytes.count, isKey: unit.isKey, firstSequence: first,
                due: stream.time(unit.dts).nanoseconds + shift, packets: rewritten)
        }
    }

    private static func departures(_ units: [Unit], _ pacing: Pacing) -> [Departure] {
        var departures: [Departure] = []
        for (number, unit) in units.enumerated() where !unit.packets.isEmpty {
            switch pacing {
            case .burst: departures.append(Departure(due: unit.due, unit: number, packets: 0..<unit.packets.count))
            case .spread:
                let step = interval(after: number, units) / Int64(unit.packets.count)
                departures += unit.packets.indices.map {
                    Departure(due: unit.due + Int64($0) * step, unit: number, packets: $0..<($0 + 1))
                }
            }
        }
        // Stable: units that are due together leave in the streams' order.
        return departures.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
            .map(\.element)
    }

    /// From a unit to the next of its stream; for the last one, from the one before.
    private static func interval(after number: Int, _ units: [Unit]) -> Int64 {
        func distance(_ from: Int, _ to: Int) -> Int64? {
            guard units.indices.contains(from), units.indices.contains(to), units[from].stream == units[to].stream
            else { return nil }
            return max(0, units[to].due - units[from].due)
        }
        return distance(number, number + 1) ?? distance(number - 1, number) ?? 0
    }
}
