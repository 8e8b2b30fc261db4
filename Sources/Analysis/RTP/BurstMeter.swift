internal import LabModel

/// Bursts and gaps of loss (RFC 3611 section 4.7.2): a burst begins and ends with a lost packet, and has fewer than `Gmin`
/// packets in a row that came; what is not in a burst is a gap.
struct BurstMeter {
    private var bursts: Int64 = 0
    /// In bursts: packets, and those of them that are lost.
    private var packets: Int64 = 0
    private var lost: Int64 = 0
    /// Since the first of the losses that may be one burst, and how many there are.
    private var span: Int64 = 0
    private var losses: Int64 = 0

    /// The document's recommendation.
    private static let leastGap: Int64 = 16

    /// Notes packets lost in a row.
    ///
    /// - Parameter received: packets that came since the loss before.
    mutating func add(lost count: Int64, after received: Int64) {
        if received >= Self.leastGap || losses == 0 {
            close()
        } else {
            span += received
        }
        span += count
        losses += count
    }

    /// What it came to.
    ///
    /// - Parameters:
    ///   - expected: packets in all, and those of them that are missing.
    ///   - length: of the stream.
    mutating func report(expected: Int64, missing: Int64, length: TimeSpan) -> BurstReport? {
        close()
        guard missing > 0, expected > 0 else { return nil }
        let step = length.seconds / Double(expected)
        let outside = expected - packets
        var report = BurstReport(bursts: bursts)
        if bursts > 0 {
            report.burstDensity = Double(lost) / Double(packets)
            report.burstDuration = TimeSpan(seconds: Double(packets) * step / Double(bursts))
        }
        if outside > 0 {
            report.gapDensity = Double(missing - lost) / Double(outside)
            report.gapDuration = TimeSpan(seconds: Double(outside) * step / Double(bursts + 1))
        }
        return report
    }

    /// A single loss is none.
    private mutating func close() {
        if losses > 1 {
            bursts += 1
            packets += span
            lost += losses
        }
        (span, losses) = (0, 0)
    }
}
