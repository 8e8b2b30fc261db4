internal import CAV
internal import LabModel

/// Makes segments of MPEG-TS, each of which begins with its tables, so that it can be the first (RFC 8216 section 3.2).
struct TransportStreamSegmenter {
    /// The timestamp of presentation time 0, at 90 kHz.
    let first: Int64
    private let muxer: TransportStreamMuxer
    private let streams: [MediaSource.Stream]
    private let start: Int64
    /// libavformat puts the decoding times by twice the delay behind those it is given; its default.
    private static let delay = TimeSpan.milliseconds(700)

    /// - Parameter shift: from the streams' times to those of the segments, but for `first`.
    init(_ streams: [MediaSource.Stream], shift: TimeSpan) throws(AVFailure) {
        self.streams = streams
        start = av_rescale_q(shift.nanoseconds, .nanosecond, .transportStreamClock)
        first = start + 2 * av_rescale_q(Self.delay.nanoseconds, .nanosecond, .transportStreamClock)
        muxer = try TransportStreamMuxer(streams, rate: nil, delay: Self.delay)
    }

    /// - Parameter units: of each stream.
    func segment(_ units: [Range<Int>]) throws(AVFailure) -> [UInt8] {
        try muxer.repeatTables()
        var bytes: [UInt8] = []
        let all = zip(streams.indices, units).flatMap { stream, range in range.map { (stream: stream, unit: $0) } }
        let ordered = all.sorted {
            (due($0.stream, $0.unit), $0.stream, $0.unit) < (due($1.stream, $1.unit), $1.stream, $1.unit)
        }
        for (number, index) in ordered {
            let stream = streams[number]
            let unit = stream.units[index]
            bytes += try muxer.mux(
                unit.bytes, stream: number, pts: start + av_rescale_q(unit.pts, stream.timeBase, .transportStreamClock),
                dts: start + av_rescale_q(unit.dts, stream.timeBase, .transportStreamClock), isKey: unit.isKey)
        }
        return bytes
    }

    private func due(_ stream: Int, _ unit: Int) -> Int64 {
        streams[stream].time(streams[stream].units[unit].dts).nanoseconds
    }
}
