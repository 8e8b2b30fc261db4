internal import LabModel

/// The same as the lab's filters, by other means: so that a filter that is wrong shows.
extension PacketMatch {
    func describes(_ packet: borrowing NetworkPacket, stream: MediaKind?) -> Bool {
        for term in terms where term.describes(packet, stream: stream) { return true }
        return false
    }
}

extension PacketMatch.Term {
    fileprivate func describes(_ packet: borrowing NetworkPacket, stream: MediaKind?) -> Bool {
        switch transport {
        case .udp: if packet.transport != .udp { return false }
        case .tcp: if packet.transport != .tcp { return false }
        case nil: if !ports.isEmpty, packet.transport == .other { return false }
        }
        if !ports.isEmpty, !ports.contains(packet.sourcePort), !ports.contains(packet.destinationPort) { return false }
        if let host, packet.source != host, packet.destination != host { return false }
        if let source, packet.source != source { return false }
        if let destination, packet.destination != destination { return false }
        guard let content else { return true }
        return packet.carries(content, stream: stream)
    }
}

extension NetworkPacket {
    var isRTP: Bool { carries(.rtp, stream: nil) }

    /// By the first bytes of its payload; `stream` says whose RTP it is.
    fileprivate func carries(_ content: PacketMatch.Content, stream: MediaKind?) -> Bool {
        guard transport == .udp, payloadLength >= content.leastLength, let first = payload.byte(at: 0),
            let second = payload.byte(at: 1)
        else { return false }
        let isControl = PacketMatch.Content.controlTypes.contains(second)
        switch content {
        case .rtp: return first >> 6 == 2 && !isControl
        case .rtcp: return first >> 6 == 2 && isControl
        case .video, .audio: return first >> 6 == 2 && !isControl && stream == content.stream
        case .srtControl: return first >= 0x80
        case .srtData: return first < 0x80
        }
    }
}
