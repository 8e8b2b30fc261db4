internal import CAV
internal import LabModel

extension DatagramSchedule {
    /// Fragmented MP4 in messages, as the byte stream format of Media Source Extensions wants it: the initialization,
    /// then a fragment for each access unit, at its time. One for each group of pictures would hold every frame back
    /// until the group is over.
    init(fragmentsOf source: MediaSource, marked: Bool) throws(AVFailure) {
        presentationStart = source.presentationStart
        let muxer = try FragmentMuxer(source.streams, shift: TimeSpan(nanoseconds: presentationStart))
        streams = source.streams.enumerated().map { track, stream in
            StreamFacts(
                stream, clockRate: muxer.clockRate(ofTrack: track),
                firstTimestamp: UInt32(truncatingIfNeeded: muxer.timestamp(0, track: track)), marked: marked)
        }
        var units: [Unit] = []
        var messages = [Datagram(due: 0, bytes: muxer.initialization)]
        for place in Self.order(source) {
            let stream = source.streams[place.stream]
            let unit = stream.units[place.unit]
            let end = unit.dts + av_rescale_q(place.step, .nanosecond, stream.timeBase)
            let due = place.due + presentationStart
            let line = SentUnit(stream, place.unit, timestamp: muxer.timestamp(unit.pts, track: place.stream))
            units.append(Unit(line: line, due: due, datagrams: messages.count...messages.count))
            messages.append(
                Datagram(
                    due: due,
                    bytes: try muxer.fragment(
                        stream.units[place.unit...place.unit], track: place.stream, end: end)))
        }
        self.units = units
        datagrams = messages
    }
}
