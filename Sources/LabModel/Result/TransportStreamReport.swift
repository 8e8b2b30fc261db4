/// A transport stream as it passed one place, checked by ETSI TR 101 290 V1.2.1 sections 5.2.1 and 5.2.2.
package struct TransportStreamReport: Codable, Hashable, Sendable {
    /// Which capture; absent in a capture of somebody else's.
    package var point: CaptureFacts.Point?
    /// Address and port.
    package var source: String
    package var destination: String
    package var packets: Int64
    package var nullPackets: Int64
    /// Of everything that could be checked, those without error included.
    package var checks: [Check]
    package var clocks: [Clock]
    package var streams: [ElementaryStream]

    /// One of the document's indicators and how often it showed an error.
    package struct Check: Codable, Hashable, Sendable {
        package var indicator: Indicator
        package var errors: Int64
        /// Since the stream's first packet.
        package var first: TimeSpan?

        package init(_ indicator: Indicator, errors: Int64, first: TimeSpan?) {
            self.indicator = indicator
            self.errors = errors
            self.first = first
        }
    }

    package enum Indicator: String, Codable, Sendable, CaseIterable {
        /// Sync is lost with two sync bytes wrong in a row, and found again with five right ones.
        case syncLoss = "sync-loss"
        case syncByte = "sync-byte"
        /// The program association table: missing for 0.5 s, scrambled, or something else in its place.
        case pat
        /// A packet is missing, out of order, or there more than twice.
        case continuity
        /// A program map table: missing for 0.5 s, or scrambled.
        case pmt
        /// A stream that a program map names is missing for 5 s.
        case pid
        case transport
        /// A table whose checksum is wrong.
        case crc
        /// Program clock references more than 40 ms apart.
        case pcrRepetition = "pcr-repetition"
        /// A step of more than 100 ms or backwards that nothing announces.
        case pcrDiscontinuity = "pcr-discontinuity"
        /// More than 500 ns off what the bytes between two references say; of a constant rate only.
        case pcrAccuracy = "pcr-accuracy"
        /// Presentation times more than 700 ms apart.
        case pts
        /// Scrambled packets without a conditional access table, or something else in its place.
        case cat

        /// Of the document's order of urgency.
        package var priority: Int {
            switch self {
            case .syncLoss, .syncByte, .pat, .continuity, .pmt, .pid: 1
            case .transport, .crc, .pcrRepetition, .pcrDiscontinuity, .pcrAccuracy, .pts, .cat: 2
            }
        }
    }

    /// A program's clock as its references arrive.
    package struct Clock: Codable, Hashable, Sendable {
        package var pid: Int
        package var references: Int64
        /// How much later or earlier than evenly each reference came (overall jitter, PCR_OJ): against the straight line
        /// through all of them.
        package var jitter: Distribution?
        /// How much faster than the capture's clock the program's is, as a ratio (frequency offset, PCR_FO).
        package var drift: Double?
        /// Bits per second by bytes and references; absent where the rate is not constant.
        package var rate: Rate?

        package init(pid: Int, references: Int64) {
            self.pid = pid
            self.references = references
        }
    }

    /// What a program map names.
    package struct ElementaryStream: Codable, Hashable, Sendable {
        package var pid: Int
        /// `stream_type` (ISO/IEC 13818-1 table 2-34).
        package var type: Int
        package var packets: Int64

        package init(pid: Int, type: Int, packets: Int64) {
            self.pid = pid
            self.type = type
            self.packets = packets
        }
    }

    package init(source: String, destination: String) {
        self.source = source
        self.destination = destination
        packets = 0
        nullPackets = 0
        checks = []
        clocks = []
        streams = []
    }

    /// How often an indicator showed an error; absent where it could not be checked.
    package func errors(_ indicator: Indicator) -> Int64? { checks.first { $0.indicator == indicator }?.errors }

    /// Of all indicators of one priority that could be checked.
    package func errors(ofPriority priority: Int) -> Int64 {
        checks.filter { $0.indicator.priority == priority }.reduce(0) { $0 + $1.errors }
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of a result calls: one of an earlier version says nothing of it.
    package func decode(_ type: [TransportStreamReport].Type, forKey key: Key) throws -> [TransportStreamReport] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
