extension Metric {
    /// MPEG-TS as it came to the receiver, by TR 101 290.
    static let transportStreamMetrics: [Metric] =
        [1, 2].map { priority in
            Metric(
                name: "ts.priority\(priority)", quantity: .count,
                summary: "TR 101 290 errors of priority \(priority) at the receiver"
            ) { ($0.transportStream(.receiver)?.errors(ofPriority: priority)).map(Double.init) }
        }
        + TransportStreamReport.Indicator.allCases.map { indicator in
            Metric(
                name: "ts.\(indicator.rawValue)", quantity: .count,
                summary: "\(indicator.title) at the receiver (TR 101 290)"
            ) { ($0.transportStream(.receiver)?.errors(indicator)).map(Double.init) }
        } + [
            Metric(
                name: "ts.pcr.jitter", quantity: .time,
                summary: "overall jitter of clock references at the receiver, peak to peak"
            ) { $0.transportClock?.jitter.map { ($0.maximum - $0.minimum).seconds } },
            Metric(
                name: "ts.pcr.drift", quantity: .ratio,
                summary: "how much faster the program's clock is than the capture's"
            ) { $0.transportClock?.drift },
        ]
}

extension TransportStreamReport.Indicator {
    /// The document's own name.
    package var title: String {
        switch self {
        case .syncLoss: "TS_sync_loss"
        case .syncByte: "Sync_byte_error"
        case .pat: "PAT_error"
        case .continuity: "Continuity_count_error"
        case .pmt: "PMT_error"
        case .pid: "PID_error"
        case .transport: "Transport_error"
        case .crc: "CRC_error"
        case .pcrRepetition: "PCR_repetition_error"
        case .pcrDiscontinuity: "PCR_discontinuity_indicator_error"
        case .pcrAccuracy: "PCR_accuracy_error"
        case .pts: "PTS_error"
        case .cat: "CAT_error"
        }
    }
}

extension RunResult {
    /// As it was at one end of the link.
    package func transportStream(_ point: CaptureFacts.Point) -> TransportStreamReport? {
        transportStreams.first { $0.point == point }
    }

    fileprivate var transportClock: TransportStreamReport.Clock? { transportStream(.receiver)?.clocks.first }
}
