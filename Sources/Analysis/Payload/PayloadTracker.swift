internal import LabModel

/// Which format the payloads of a stream have, as far as anybody says.
struct PayloadMap: Sendable {
    private var formats: [UInt8: (format: PayloadFormat, origin: PayloadReport.Origin)] = [:]

    /// - Parameter asked: by payload type, by whoever asked for the analysis.
    init(asked: [UInt8: PayloadFormat] = [:]) {
        formats = asked.mapValues { ($0, .option) }
    }

    /// Takes what a session description says, which what was asked goes before.
    mutating func add(_ description: [UInt8: PayloadFormat]) {
        for (type, format) in description where formats[type]?.origin != .option {
            formats[type] = (format, .session)
        }
    }

    subscript(type: UInt8) -> (format: PayloadFormat, origin: PayloadReport.Origin)? {
        // RFC 3551 table 5.
        formats[type] ?? (type == 33 ? (.mpegTS, .type) : nil)
    }
}

/// The payloads of one RTP stream.
struct PayloadTracker {
    private var reader: any PayloadReader
    private var frames: FrameAssembler
    private var report: PayloadReport

    init(_ format: PayloadFormat, origin: PayloadReport.Origin, _ reader: any PayloadReader) {
        self.reader = reader
        frames = FrameAssembler(isSound: format.isSound)
        report = PayloadReport(format, origin: origin)
    }

    /// Adds a packet that came for the first time.
    mutating func add(_ header: RTPHeader, number: Int64, _ payload: UnsafeRawBufferPointer, at time: Timestamp) {
        let marks = reader.read(payload, at: time)
        if marks == nil { report.unreadable += 1 }
        add(number, timestamp: header.timestamp, marker: header.marker, marks ?? PayloadMarks())
    }

    /// Adds one whose payload was read before.
    fileprivate mutating func add(_ number: Int64, timestamp: UInt32, marker: Bool, _ marks: PayloadMarks) {
        frames.add(number, timestamp: timestamp, marker: marker, marks)
    }

    /// The sender began anew.
    mutating func restart() {
        frames.finish()
    }

    mutating func finish() -> PayloadReport {
        frames.finish()
        if report.format != .mpegTS { report.frames = frames.frames }
        reader.report(into: &report)
        if report.slices != nil { report.mostSlices = Int64(frames.mostSlices) }
        return report
    }
}

/// Finds the format of a stream that nobody describes: of all formats, those stay that every packet fits.
struct PayloadGuess {
    private struct Candidate {
        var format: PayloadFormat
        var reader: any PayloadReader
        /// One for each packet.
        var marks: [PayloadMarks] = []
    }

    private struct Packet {
        var number: Int64
        var timestamp: UInt32
        var marker: Bool
    }

    private var candidates: [Candidate]
    private var packets: [Packet] = []

    /// Packets after which it is decided.
    private static let enough = 40

    /// `nil` for a payload type that RFC 3551 gives to something else.
    init?(_ header: RTPHeader, source: String, destination: String, start: Timestamp) {
        guard header.payloadType >= 96 else { return nil }
        // The stricter ones first.
        let formats: [PayloadFormat] = [.mpegTS, .aac, .h264, .h265, .vp8, .vp9, .av1]
        candidates = formats.map {
            Candidate(format: $0, reader: $0.reader(source: source, destination: destination, start: start))
        }
    }

    /// Whether there is nothing more to find out.
    var isOver: Bool { candidates.isEmpty || packets.count >= Self.enough }

    /// Adds a packet that came for the first time.
    mutating func add(_ header: RTPHeader, number: Int64, _ payload: UnsafeRawBufferPointer, at time: Timestamp) {
        packets.append(Packet(number: number, timestamp: header.timestamp, marker: header.marker))
        for index in candidates.indices.reversed() {
            if let marks = candidates[index].reader.read(payload, at: time) {
                candidates[index].marks.append(marks)
            } else {
                candidates.remove(at: index)
            }
        }
    }

    /// The format that is likely, with all that was counted until now; `nil` where none is.
    func decide() -> PayloadTracker? {
        guard let best = candidates.first(where: { $0.reader.isCertain }) else { return nil }
        var tracker = PayloadTracker(best.format, origin: .guess, best.reader)
        for (packet, marks) in zip(packets, best.marks) {
            tracker.add(packet.number, timestamp: packet.timestamp, marker: packet.marker, marks)
        }
        return tracker
    }
}
