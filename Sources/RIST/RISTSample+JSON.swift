internal import FoundationEssentials
package import LabModel

extension RISTSample {
    /// What librist says in JSON (`rist_stats.stats_json`); nil where it is about something else, such as the simple
    /// profile's port for RTCP.
    package init?(json: String, at time: Timestamp) {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let text = try? decoder.decode(StatisticsText.self, from: Data(json.utf8)) else { return nil }
        if let peer = text.sender?.peer, peer.type == "data" {
            self.init(time: time, sent: Sent(peer.stats), roundTrip: .milliseconds(peer.stats.rtt))
        } else if let flow = text.receiver?.flowinstant {
            let trips = flow.peers.map(\.stats.rtt).filter { $0 > 0 }
            self.init(time: time, received: Received(flow.stats), roundTrip: .milliseconds(trips.max() ?? 0))
        } else {
            return nil
        }
    }
}

/// The names are librist's, which writes them with underscores.
private struct StatisticsText: Decodable {
    struct Sender: Decodable {
        struct Peer: Decodable {
            let type: String
            let stats: SentStatistics
        }
        let peer: Peer
    }

    struct Receiver: Decodable {
        struct Flow: Decodable {
            struct Peer: Decodable {
                struct Statistics: Decodable { let rtt: Double }
                let stats: Statistics
            }
            let stats: ReceivedStatistics
            let peers: [Peer]
        }
        let flowinstant: Flow
    }

    enum CodingKeys: String, CodingKey {
        case sender = "sender-stats"
        case receiver = "receiver-stats"
    }

    let sender: Sender?
    let receiver: Receiver?
}

private struct SentStatistics: Decodable {
    let sent, retransmitted, bandwidth, retryBandwidth: Int64
    let bandwidthSkipped, bloatSkipped, retransmitSkipped: Int64
    let rtt: Double
}

private struct ReceivedStatistics: Decodable {
    let received, missing, recoveredTotal, recoveredOneNack, lost, droppedLate: Int64
    let reordered, duplicates, retries: Int64
    let avgBufferTime: Double
}

extension RISTSample.Sent {
    fileprivate init(_ text: SentStatistics) {
        self.init(
            packets: text.sent, retransmitted: text.retransmitted,
            skipped: text.bandwidthSkipped + text.bloatSkipped + text.retransmitSkipped,
            rate: Rate(bitsPerSecond: text.bandwidth), retransmittedRate: Rate(bitsPerSecond: text.retryBandwidth))
    }
}

extension RISTSample.Received {
    fileprivate init(_ text: ReceivedStatistics) {
        self.init(
            packets: text.received, missing: text.missing, recovered: text.recoveredTotal,
            recoveredAtOnce: text.recoveredOneNack, lost: text.lost, droppedLate: text.droppedLate,
            reordered: text.reordered, duplicates: text.duplicates, requests: text.retries,
            buffer: .milliseconds(text.avgBufferTime))
    }
}
