internal import CAV
internal import LabModel

/// Every message of a publisher and when it leaves, worked out before the first one does.
struct RTMPSchedule {
    /// One access unit as an FLV tag.
    struct Message {
        let line: SentUnit
        /// Since the stream's start, in nanoseconds.
        let due: Int64
        let tag: [UInt8]
    }

    let streams: [StreamFacts]
    /// What comes before the media.
    let header: [UInt8]
    /// In the order of their times.
    let messages: [Message]
    /// Presentation time 0 against the stream's start, in nanoseconds.
    let presentationStart: Int64

    /// - Parameter form: what the server makes of it.
    init(_ source: MediaSource, as form: ServedForm, marked: Bool) throws(AVFailure) {
        let millisecond = AVRational(num: 1, den: Int32(FlashVideoMuxer.clockRate))
        presentationStart = source.presentationStart
        let first = av_rescale_q(presentationStart, .nanosecond, millisecond)
        streams = source.streams.map {
            StreamFacts(
                $0, clockRate: FlashVideoMuxer.clockRate,
                firstTimestamp: UInt32(truncatingIfNeeded: first + form.firstTimestamp),
                marked: marked)
        }
        let muxer = try FlashVideoMuxer(source.streams)
        header = muxer.header
        var messages: [Message] = []
        for (number, index) in Self.order(source) {
            let stream = source.streams[number]
            let unit = stream.units[index]
            let pts = av_rescale_q(unit.pts, stream.timeBase, millisecond) + first
            let dts = max(av_rescale_q(unit.dts, stream.timeBase, millisecond) + first, 0)
            let tag = try muxer.mux(unit.bytes, stream: number, pts: pts, dts: dts, isKey: unit.isKey)
            let codec = stream.parameters.codec
            let content = form.content(
                of: UnitContent.plain(unit.bytes, codec: codec), codec: codec, setup: stream.parameters.extradata)
            let line = SentUnit(
                stream: stream.kind, index: index, pts: stream.time(unit.pts),
                timestamp: UInt32(truncatingIfNeeded: pts + form.firstTimestamp),
                size: ByteCount(Int64(content.count)), key: unit.isKey, content: UnitContent.checksum(content),
                due: Timestamp(nanoseconds: 0),
                firstSent: Timestamp(nanoseconds: 0), lastSent: Timestamp(nanoseconds: 0))
            messages.append(
                Message(line: line, due: stream.time(unit.dts).nanoseconds + presentationStart, tag: tag))
        }
        self.messages = messages
    }

    /// Stream and index of all units in the order of their decoding times.
    private static func order(_ source: MediaSource) -> [(stream: Int, index: Int)] {
        source.streams.enumerated().flatMap { number, stream in
            stream.units.indices.map { (due: stream.time(stream.units[$0].dts), stream: number, index: $0) }
        }.sorted { ($0.due, $0.stream) < ($1.due, $1.stream) }.map { ($0.stream, $0.index) }
    }
}
