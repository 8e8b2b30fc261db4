internal import CAV
internal import LabModel

/// Every datagram of a transport stream and when it leaves, worked out before the first one does.
struct TransportStreamSchedule {
    /// What Ethernet, IP and UDP leave room for in whole packets of 188 bytes.
    static let datagramSize = 7 * TransportStreamMuxer.packetSize
    private static let clockRate: Int32 = 90_000
    /// How long before its decoding time a unit may be in the stream; ffmpeg's default. It delays nothing: what is due
    /// enters at once where the rate has room for it.
    private static let delay = TimeSpan.milliseconds(700)

    /// One access unit, which datagrams carry it, and what a receiver will see of it.
    struct Unit {
        let line: SentUnit
        let due: Int64
        var datagrams: ClosedRange<Int>
    }

    struct Datagram {
        /// Since the stream's start, in nanoseconds.
        let due: Int64
        let bytes: [UInt8]
    }

    let streams: [StreamFacts]
    let units: [Unit]
    let datagrams: [Datagram]
    /// Presentation time 0 against the stream's start, in nanoseconds.
    let presentationStart: Int64

    /// - Parameter rate: of a stream of constant rate; nil for one that is as large as its media.
    init(_ source: MediaSource, rate: Rate?, pacing: Pacing, marked: Bool) throws(AVFailure) {
        presentationStart = source.presentationStart
        let clock = AVRational(num: 1, den: Self.clockRate)
        let start = av_rescale_q(presentationStart, .nanosecond, clock)
        // libavformat puts the decoding times by twice the delay behind those it is given.
        let first = start + 2 * av_rescale_q(Self.delay.nanoseconds, .nanosecond, clock)
        streams = source.streams.map { stream in
            StreamFacts(
                stream, clockRate: Int(Self.clockRate), firstTimestamp: UInt32(truncatingIfNeeded: first),
                marked: marked)
        }
        let muxer = try TransportStreamMuxer(source.streams, rate: rate, delay: Self.delay)
        var assembly = rate.map { Assembly(rate: $0) } ?? Assembly(pacing: pacing)
        for place in Self.order(source) {
            let stream = source.streams[place.stream]
            let unit = stream.units[place.unit]
            let pts = av_rescale_q(unit.pts, stream.timeBase, clock)
            let dts = av_rescale_q(unit.dts, stream.timeBase, clock)
            let muxed = try muxer.mux(
                unit.bytes, stream: place.stream, pts: pts + start, dts: dts + start, isKey: unit.isKey)
            let plain = UnitContent.plain(unit.bytes, codec: stream.parameters.codec)
            let due = stream.time(unit.dts).nanoseconds + presentationStart
            let line = SentUnit(
                stream: stream.kind, index: place.unit, pts: stream.time(unit.pts),
                timestamp: UInt32(truncatingIfNeeded: first + pts), size: ByteCount(Int64(plain.count)),
                key: unit.isKey, content: UnitContent.checksum(plain), due: Timestamp(nanoseconds: 0),
                firstSent: Timestamp(nanoseconds: 0), lastSent: Timestamp(nanoseconds: 0))
            assembly.add(line, muxed, due: due, step: place.step)
        }
        (units, datagrams) = assembly.finish()
    }

    private struct Place {
        let stream: Int
        let unit: Int
        let due: Int64
        /// Until the next unit of the stream; for the last one as long as the one before took.
        let step: Int64
    }

    /// All units in the order of their decoding times.
    private static func order(_ source: MediaSource) -> [Place] {
        source.streams.enumerated().flatMap { number, stream in
            let times = stream.units.map { stream.time($0.dts).nanoseconds }
            return times.indices.map { index in
                let step =
                    index + 1 < times.count
                    ? times[index + 1] - times[index]
                    : index > 0 ? times[index] - times[index - 1] : 0
                return Place(stream: number, unit: index, due: times[index], step: step)
            }
        }.sorted { ($0.due, $0.stream) < ($1.due, $1.stream) }
    }
}
