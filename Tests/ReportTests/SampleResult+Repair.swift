import LabModel

extension SampleResult {
    /// A connection that lost 3 % of its packets and repaired nearly all of it.
    static var repair: RepairReport {
        var report = RepairReport()
        report.lossAfter = 0.0004
        report.sent = traffic(original: 9000, retransmitted: 290, control: 1500, feedback: 1900)
        report.received = traffic(original: 8721, retransmitted: 281, control: 1455, feedback: 1910)
        return report
    }

    private static func traffic(
        original: Int64, retransmitted: Int64, control: Int64, feedback: Int64
    ) -> RepairTraffic {
        var traffic = RepairTraffic()
        traffic.original = count(original, size: 1316, header: 58)
        traffic.retransmitted = count(retransmitted, size: 1316, header: 58)
        traffic.control = count(control, size: 0, header: 60)
        traffic.feedback = count(feedback, size: 0, header: 86)
        return traffic
    }

    private static func count(_ packets: Int64, size: Int64, header: Int64) -> RepairTraffic.Count {
        var count = RepairTraffic.Count()
        count.packets = packets
        count.bytes = ByteCount(packets * (size + header))
        count.media = ByteCount(packets * size)
        return count
    }

    static var rist: RISTReport {
        var report = RISTReport()
        (report.sent, report.retransmitted, report.skipped) = (9290, 290, 3)
        (report.received, report.missing, report.recovered, report.recoveredAtOnce) = (8998, 279, 277, 250)
        (report.lost, report.droppedLate, report.reordered, report.duplicates) = (2, 0, 0, 4)
        (report.requests, report.roundTrip) = (301, distribution(0.041, 0.043, 0.049))
        report.buffer = distribution(1.002, 1.004, 1.01)
        return report
    }

    static var srt: SRTReport {
        let sent = SRTSample.Sent(
            packets: 9290, unique: 9000, retransmitted: 290, reportedLost: 301, dropped: 2,
            bytes: ByteCount(12_634_400), retransmittedBytes: ByteCount(394_400), acknowledgements: 1455,
            lossReports: 455, buffer: .milliseconds(43))
        let received = SRTSample.Received(
            packets: 9002, unique: 8996, retransmitted: 281, lost: 279, dropped: 4, belated: 6, undecrypted: 0,
            bytes: ByteCount(12_242_720), acknowledgements: 1500, lossReports: 460, buffer: .milliseconds(118))
        var report = SRTReport(sender: sample(sent, .none), receiver: sample(.none, received))
        report.roundTrip = distribution(0.041, 0.043, 0.049)
        report.senderBuffer = distribution(0.042, 0.061, 0.098)
        report.receiverBuffer = distribution(0.117, 0.12, 0.121)
        return report
    }

    private static func sample(_ sent: SRTSample.Sent, _ received: SRTSample.Received) -> SRTSample {
        SRTSample(
            time: start + .seconds(30), sent: sent, received: received, roundTrip: .milliseconds(41),
            latency: .milliseconds(120), bandwidth: Rate(bitsPerSecond: 9_400_000))
    }
}

extension SRTSample.Sent {
    fileprivate static let none = SRTSample.Sent(
        packets: 0, unique: 0, retransmitted: 0, reportedLost: 0, dropped: 0, bytes: ByteCount(0),
        retransmittedBytes: ByteCount(0), acknowledgements: 0, lossReports: 0, buffer: .zero)
}

extension SRTSample.Received {
    fileprivate static let none = SRTSample.Received(
        packets: 0, unique: 0, retransmitted: 0, lost: 0, dropped: 0, belated: 0, undecrypted: 0,
        bytes: ByteCount(0), acknowledgements: 0, lossReports: 0, buffer: .zero)
}
