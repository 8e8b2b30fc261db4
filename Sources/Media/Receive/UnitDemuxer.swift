internal import LabModel

/// Takes access units out of what came in datagrams or messages.
protocol UnitDemuxer: AnyObject {
    /// The next access unit; nil at the end.
    func read() throws(AVFailure) -> ArrivedUnit?
}

/// An access unit that a demuxer gives out.
struct ArrivedUnit {
    let kind: MediaKind
    /// On the stream's clock.
    let pts: Int64
    let isKey: Bool
    /// Plain, as units are stored.
    let bytes: [UInt8]
    /// When the last of it came (ns since 1970).
    let time: Int64
}

/// Bytes that came together, and when (ns since 1970).
typealias ArrivedDatagram = (bytes: [UInt8], time: Int64)
