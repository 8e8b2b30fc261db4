internal import LabModel

/// What librist's samples show.
struct RISTAnalysis {
    private let sender: [RISTSample]
    private let receiver: [RISTSample]
    private let times: RunTimes

    /// Nil where there are none.
    init?(_ samples: [CaptureFacts.Point: [RISTSample]], times: RunTimes) {
        sender = samples[.sender] ?? []
        receiver = samples[.receiver] ?? []
        self.times = times
        if sender.isEmpty, receiver.isEmpty { return nil }
    }

    func add(to result: inout RunResult) {
        var report = RISTReport()
        let (sent, received) = (sender.compactMap(\.sent), receiver.compactMap(\.received))
        (report.sent, report.retransmitted) = (sum(sent, \.packets), sum(sent, \.retransmitted))
        (report.skipped, report.received) = (sum(sent, \.skipped), sum(received, \.packets))
        (report.missing, report.recovered) = (sum(received, \.missing), sum(received, \.recovered))
        report.recoveredAtOnce = sum(received, \.recoveredAtOnce)
        // Where a stream comes back after an outage, librist may count all of its ring of 65536 packets as lost.
        if !received.contains(where: { $0.lost > 32768 }) { report.lost = sum(received, \.lost) }
        (report.droppedLate, report.reordered) = (sum(received, \.droppedLate), sum(received, \.reordered))
        (report.duplicates, report.requests) = (sum(received, \.duplicates), sum(received, \.requests))
        report.roundTrip = Distribution(of: streaming(sender).map(\.roundTrip))
        report.buffer = Distribution(of: streaming(receiver).compactMap(\.received?.buffer))
        result.rist = report
        if let lost = report.lost, let all = report.received, all + lost > 0 {
            result.repair?.lossAfter = Double(lost) / Double(all + lost)
        }
        result.series += series
    }

    /// In the simple profile what is sent again has an SSRC of its own (TR-06-1 section 5.3.3): no stream, of which packets
    /// could be missing.
    static func forgetRepeats(in result: inout RunResult) {
        result.sent?.streams.removeAll { $0.ssrc & 1 == 1 }
        result.received?.streams.removeAll { $0.ssrc & 1 == 1 }
    }

    private func streaming(_ samples: [RISTSample]) -> [RISTSample] {
        samples.filter { times.stream.contains($0.time) }
    }

    private func sum<Part>(_ parts: [Part], _ count: KeyPath<Part, Int64>) -> Int64? {
        parts.isEmpty ? nil : parts.reduce(0) { $0 + $1[keyPath: count] }
    }

    private var series: [Series] {
        [
            values(Series.Name.repairRoundTrip, .time, sender) { $0.roundTrip.seconds },
            values(Series.Name.repairReceiverBuffer, .time, receiver) { $0.received?.buffer.seconds },
            values(Series.Name.repairRate, .rate, sender) { $0.sent.map { Double($0.rate.bitsPerSecond) } },
            values(Series.Name.repairRetransmittedRate, .rate, sender) {
                $0.sent.map { Double($0.retransmittedRate.bitsPerSecond) }
            },
        ].filter { !$0.times.isEmpty }
    }

    private func values(
        _ name: String, _ quantity: Quantity, _ samples: [RISTSample], _ value: (RISTSample) -> Double?
    ) -> Series {
        Series(
            name: name, quantity: quantity, times: samples.map { ($0.time - times.origin).seconds },
            values: samples.map(value))
    }
}
