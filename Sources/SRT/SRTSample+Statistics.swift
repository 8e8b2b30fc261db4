internal import CSRT
internal import LabModel

extension SRTSample {
    /// Source: srt/docs/API/statistics.md. Counters of an interval are never cleared here, and so count from the start.
    init(_ raw: SRT_TRACEBSTATS, at time: Timestamp) {
        self.init(
            time: time,
            sent: Sent(
                packets: raw.pktSentTotal, unique: raw.pktSentUniqueTotal, retransmitted: Int64(raw.pktRetransTotal),
                reportedLost: Int64(raw.pktSndLossTotal), dropped: Int64(raw.pktSndDropTotal),
                bytes: ByteCount(Int64(clamping: raw.byteSentTotal)),
                retransmittedBytes: ByteCount(Int64(clamping: raw.byteRetransTotal)),
                acknowledgements: Int64(raw.pktRecvACKTotal), lossReports: Int64(raw.pktRecvNAKTotal),
                buffer: .milliseconds(Double(raw.msSndBuf))),
            received: Received(
                packets: raw.pktRecvTotal, unique: raw.pktRecvUniqueTotal, retransmitted: Int64(raw.pktRcvRetrans),
                lost: Int64(raw.pktRcvLossTotal), dropped: Int64(raw.pktRcvDropTotal), belated: raw.pktRcvBelated,
                undecrypted: Int64(raw.pktRcvUndecryptTotal), bytes: ByteCount(Int64(clamping: raw.byteRecvTotal)),
                acknowledgements: Int64(raw.pktSentACKTotal), lossReports: Int64(raw.pktSentNAKTotal),
                buffer: .milliseconds(Double(raw.msRcvBuf))),
            roundTrip: .milliseconds(raw.msRTT),
            latency: .milliseconds(Double(max(raw.msSndTsbPdDelay, raw.msRcvTsbPdDelay))),
            bandwidth: Rate(bitsPerSecond: Int64(raw.mbpsBandwidth * 1e6)))
    }
}
