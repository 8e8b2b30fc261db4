internal import LabModel

/// Reads the payloads of one stream in one format, in the order of arrival, and counts what is in them.
protocol PayloadReader {
    /// Reads a packet; `nil` where it does not fit the format.
    mutating func read(_ payload: UnsafeRawBufferPointer, at time: Timestamp) -> PayloadMarks?
    /// Whether what was read can hardly be anything else.
    var isCertain: Bool { get }
    /// Puts the counts into a report.
    mutating func report(into report: inout PayloadReport)
}

/// What one packet tells of the frame that it is a part of.
struct PayloadMarks: Equatable {
    /// The frame begins in it.
    var begins = false
    /// It is of a frame that can be decoded without others.
    var isKey = false
    /// Slices that begin in it.
    var slices: UInt8 = 0
    /// Access units that it has; sound may have several.
    var units: UInt8 = 1
}

/// Counters by a small number, named when they are reported.
struct NamedCounts {
    private var counts: [Int64]

    init(_ size: Int) {
        counts = Array(repeating: 0, count: size)
    }

    subscript(number: Int) -> Int64 { counts[number] }

    mutating func count(_ number: Int) { counts[number] += 1 }

    func named(_ name: (Int) -> String) -> [PayloadReport.Count] {
        counts.indices.filter { counts[$0] > 0 }.map { PayloadReport.Count(name($0), counts[$0]) }
    }
}

extension PayloadFormat {
    /// A reader of it; `start` is the stream's first packet.
    func reader(source: String, destination: String, start: Timestamp) -> any PayloadReader {
        switch self {
        case .h264: H264Reader()
        case .h265: H265Reader()
        case .vp8: VP8Reader()
        case .vp9: VP9Reader()
        case .av1: AV1Reader()
        case .opus: OpusReader()
        case .aac: AACReader()
        case .mpegTS: TransportStreamReader(source: source, destination: destination, start: start)
        }
    }

    var isSound: Bool { self == .opus || self == .aac }
}
