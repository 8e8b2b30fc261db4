import LabModel

/// A transport stream of a capture as text.
struct TransportStreamSummary {
    let report: TransportStreamReport

    var heading: String { "MPEG-TS  \(report.source) > \(report.destination)" }

    /// What there is, the errors that there are, and the clocks.
    var lines: [String] {
        let count = { (value: Int64) in Quantity.count.text(Double(value)) }
        let errors = report.checks.filter { $0.errors > 0 }
            .map { "\($0.indicator.title) \(count($0.errors))" }
        var lines = [
            "\(count(report.packets)) packets of MPEG-TS, \(count(report.nullPackets)) of them null packets",
            "TR 101 290: " + (errors.isEmpty ? "no error of priority 1 or 2" : errors.joined(separator: ", ")),
        ]
        for clock in report.clocks {
            let span = clock.jitter.map { ($0.maximum - $0.minimum).seconds }
            lines.append(
                "PID \(clock.pid): \(count(clock.references)) clock references, jitter \(Quantity.time.text(span)) peak "
                    + "to peak, drift \(clock.drift.map { "\(($0 * 1e6).fixed(2)) ppm" } ?? Quantity.unknown)")
        }
        return lines
    }
}
