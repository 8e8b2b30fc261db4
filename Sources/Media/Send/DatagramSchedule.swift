internal import CAV
internal import LabModel

/// Every datagram or message of a stream and when it leaves, worked out before the first one does.
struct DatagramSchedule {
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
}

extension DatagramSchedule {
    /// A unit's place in the order of decoding times.
    struct Place {
        let stream: Int
        let unit: Int
        /// On the media's clock, in nanoseconds.
        let due: Int64
        /// Until the next unit of the stream; for the last one as long as the one before took.
        let step: Int64
    }

    /// All units in the order of their decoding times.
    static func order(_ source: MediaSource) -> [Place] {
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

extension SentUnit {
    /// A unit of a media file, known by its plain content; the times of its sending are still to come.
    ///
    /// - Parameter timestamp: on the clock that its container gives it.
    init(_ stream: MediaSource.Stream, _ index: Int, timestamp: Int64, rendition: String? = nil) {
        let unit = stream.units[index]
        let plain = UnitContent.plain(unit.bytes, codec: stream.parameters.codec)
        self.init(
            stream: stream.kind, rendition: rendition, index: index, pts: stream.time(unit.pts),
            timestamp: UInt32(truncatingIfNeeded: timestamp), size: ByteCount(Int64(plain.count)), key: unit.isKey,
            content: UnitContent.checksum(plain), due: Timestamp(nanoseconds: 0), firstSent: Timestamp(nanoseconds: 0),
            lastSent: Timestamp(nanoseconds: 0))
    }
}
