internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes down the receiver reports that come back to a sender: `logs/receiver-reports.jsonl`.
struct ReportLog: Sendable {
    struct Line: Codable, Sendable {
        var time: Timestamp
        var ssrc: UInt32
        var fractionLost: Double
        var cumulativeLost: Int32
        var highestSequence: UInt32
        /// In ticks of the stream's RTP clock.
        var jitter: UInt32
        /// Seconds from our report to the answer, less what the receiver held it; absent where it had none.
        var roundTrip: Double?
    }

    private let lines: LineWriter<Line>

    init(in run: RunDirectory) throws(SystemCallError) {
        lines = try LineWriter(run.file("\(RunFolder.logs)/receiver-reports.jsonl"))
    }

    /// Takes an RTCP packet that came at `time` (ns since 1970).
    func note(_ packet: [UInt8], at time: Int64) throws(RunStoreError) {
        let now = UInt32(truncatingIfNeeded: RTCP.ntp(time) >> 16)
        let blocks = RTCP.parse(packet).flatMap { part -> [RTCP.ReportBlock] in
            if case .receiverReport(_, let blocks) = part { blocks } else { [] }
        }
        try lines.append(
            blocks.map { block in
                let ticks = Int32(bitPattern: now &- block.lastReport &- block.sinceLastReport)
                return Line(
                    time: Timestamp(nanoseconds: time), ssrc: block.ssrc,
                    fractionLost: Double(block.fractionLost) / 256, cumulativeLost: block.cumulativeLost,
                    highestSequence: block.highestSequence, jitter: block.jitter,
                    roundTrip: block.lastReport == 0 ? nil : Double(ticks) / 65536)
            })
    }
}
