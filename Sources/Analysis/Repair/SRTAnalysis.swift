internal import LabModel

/// What libsrt's samples show.
struct SRTAnalysis {
    private let sender: [SRTSample]
    private let receiver: [SRTSample]
    private let times: RunTimes

    /// Nil where there are none.
    init?(_ samples: [CaptureFacts.Point: [SRTSample]], times: RunTimes) {
        sender = samples[.sender] ?? []
        receiver = samples[.receiver] ?? []
        self.times = times
        if sender.isEmpty, receiver.isEmpty { return nil }
    }

    func add(to result: inout RunResult) {
        var report = SRTReport(sender: sender.last, receiver: receiver.last)
        report.roundTrip = Distribution(of: streaming(sender).map(\.roundTrip))
        report.senderBuffer = Distribution(of: streaming(sender).map(\.sent.buffer))
        report.receiverBuffer = Distribution(of: streaming(receiver).map(\.received.buffer))
        result.srt = report
        if let last = receiver.last?.received, last.unique + last.dropped > 0 {
            result.repair?.lossAfter = Double(last.dropped) / Double(last.unique + last.dropped)
        }
        result.series += series
    }

    private func streaming(_ samples: [SRTSample]) -> [SRTSample] { samples.filter { times.stream.contains($0.time) } }

    private var series: [Series] {
        [
            values(Series.Name.repairRoundTrip, .time, sender) { $0.roundTrip.seconds },
            values(Series.Name.repairSenderBuffer, .time, sender) { $0.sent.buffer.seconds },
            values(Series.Name.repairReceiverBuffer, .time, receiver) { $0.received.buffer.seconds },
            rates(Series.Name.repairRate, \.sent.bytes),
            rates(Series.Name.repairRetransmittedRate, \.sent.retransmittedBytes),
        ].filter { !$0.times.isEmpty }
    }

    private func values(
        _ name: String, _ quantity: Quantity, _ samples: [SRTSample], _ value: (SRTSample) -> Double
    ) -> Series {
        Series(
            name: name, quantity: quantity, times: samples.map { ($0.time - times.origin).seconds },
            values: samples.map(value))
    }

    /// Between each two samples, in the middle of both.
    private func rates(_ name: String, _ count: KeyPath<SRTSample, ByteCount>) -> Series {
        let steps = zip(sender, sender.dropFirst()).filter { $0.time < $1.time }
        return Series(
            name: name, quantity: .rate,
            times: steps.map { (($0.time - times.origin).seconds + ($1.time - times.origin).seconds) / 2 },
            values: steps.map {
                Double($1[keyPath: count].bytes - $0[keyPath: count].bytes) * 8 / ($1.time - $0.time).seconds
            })
    }
}
