internal import CAV
internal import LabModel

extension DatagramSchedule {
    private static let clockRate: Int32 = 90_000
    /// How long before its decoding time a unit may be in the stream; ffmpeg's default. It delays nothing: what is due
    /// enters at once where the rate has room for it.
    private static let delay = TimeSpan.milliseconds(700)

    /// A transport stream in datagrams.
    ///
    /// - Parameter rate: of a stream of constant rate; nil for one that is as large as its media.
    init(transportStream source: MediaSource, rate: Rate?, pacing: Pacing, marked: Bool) throws(AVFailure) {
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
        var assembly = rate.map { TransportStreamAssembly(rate: $0) } ?? TransportStreamAssembly(pacing: pacing)
        for place in Self.order(source) {
            let stream = source.streams[place.stream]
            let unit = stream.units[place.unit]
            let pts = av_rescale_q(unit.pts, stream.timeBase, clock)
            let dts = av_rescale_q(unit.dts, stream.timeBase, clock)
            let muxed = try muxer.mux(
                unit.bytes, stream: place.stream, pts: pts + start, dts: dts + start, isKey: unit.isKey)
            assembly.add(
                SentUnit(stream, place.unit, timestamp: first + pts), muxed, due: place.due + presentationStart,
                step: place.step)
        }
        (units, datagrams) = assembly.finish()
    }
}
