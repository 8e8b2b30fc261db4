internal import LabModel

/// The RTCP of a capture, with the round trips that reports show.
struct ControlLog {
    private(set) var reports: [RTCPReport] = []
    private(set) var leftOff: Int64 = 0
    /// When a sender report passed here, by its sender and the middle of its NTP time (what LSR repeats).
    private var passed: [UInt32: [(middle: UInt32, time: Timestamp)]] = [:]

    private static let limit = 10_000
    /// A receiver answers one of the last sender reports.
    private static let memory = 32

    mutating func add(_ packets: [RTCPPacket], at time: Timestamp) {
        for packet in packets {
            guard reports.count < Self.limit else {
                leftOff += 1
                continue
            }
            reports.append(report(packet, at: time))
        }
    }

    private mutating func report(_ packet: RTCPPacket, at time: Timestamp) -> RTCPReport {
        switch packet {
        case .senderReport(let from, let ntp, let rtpTimestamp, let packets, let octets):
            remember(UInt32(truncatingIfNeeded: ntp >> 16), of: from, at: time)
            var report = RTCPReport(time: time, kind: .senderReport, from: from)
            report.senderTime = Timestamp(ntp: ntp)
            report.rtpTimestamp = rtpTimestamp
            report.packetCount = packets
            report.octetCount = octets
            return report
        case .block(let from, let block): return self.report(block, from: from, at: time)
        case .bye(let from): return RTCPReport(time: time, kind: .bye, from: from)
        case .nack(let from, let about): return RTCPReport(time: time, kind: .nack, from: from, about: about)
        case .pli(let from, let about): return RTCPReport(time: time, kind: .pli, from: from, about: about)
        }
    }

    private func report(_ block: RTCPPacket.ReportBlock, from: UInt32, at time: Timestamp) -> RTCPReport {
        var report = RTCPReport(time: time, kind: .receiverReport, from: from, about: block.about)
        report.fractionLost = Double(block.fractionLost) / 256
        report.cumulativeLost = Int64(block.cumulativeLost)
        report.highestSequence = block.highestSequence
        report.jitter = block.jitter
        // By this capture's own clock, from the sender report's passing to the answer's: no clock is compared.
        if block.lastReport != 0, let sent = passed[block.about]?.last(where: { $0.middle == block.lastReport })?.time {
            report.roundTrip = time - sent - TimeSpan(seconds: Double(block.delaySinceLast) / 65536)
        }
        return report
    }

    private mutating func remember(_ middle: UInt32, of source: UInt32, at time: Timestamp) {
        // A capture of noise may name sources without end.
        if passed.count > 1000, passed[source] == nil { passed.removeAll() }
        passed[source, default: []].append((middle, time))
        if passed[source, default: []].count > Self.memory { passed[source]?.removeFirst() }
    }
}

extension Timestamp {
    /// Seconds from 1900 to 1970.
    private static let epochs: Int64 = 2_208_988_800

    /// A time of NTP's 64-bit format (RFC 5905 section 6), era 0.
    init(ntp: UInt64) {
        let fraction = ((ntp & 0xffff_ffff) * 1_000_000_000) >> 32
        self.init(nanoseconds: (Int64(ntp >> 32) - Self.epochs) * 1_000_000_000 + Int64(fraction))
    }
}
