/// Some of a direction's packets: those that one of the terms describes.
package struct PacketMatch: Codable, Hashable, Sendable {
    package var terms: [Term]

    package init(_ terms: [Term]) {
        self.terms = terms
    }

    /// A description that holds where everything that it says does. Of a fragmented packet the fragments but the first
    /// have no ports and no content.
    package struct Term: Codable, Hashable, Sendable {
        package var transport: Transport?
        /// Of either end, any of them; empty where the port does not matter.
        package var ports: [UInt16]
        /// Of either end.
        package var host: IPAddress?
        package var source: IPAddress?
        package var destination: IPAddress?
        package var content: Content?

        package init(
            _ transport: Transport? = nil, ports: [UInt16] = [], host: IPAddress? = nil, source: IPAddress? = nil,
            destination: IPAddress? = nil, content: Content? = nil
        ) {
            self.transport = transport
            self.ports = ports
            self.host = host
            self.source = source
            self.destination = destination
            self.content = content
        }
    }

    package enum Transport: String, Codable, Sendable, CaseIterable {
        case udp
        case tcp
    }

    /// What a datagram of UDP carries, by its first bytes.
    package enum Content: String, Codable, Sendable, CaseIterable {
        /// RTP and RTCP are told from each other by the payload type, also at one port (RFC 5761 section 4).
        case rtp
        case rtcp
        /// RTP of the media's own streams, by their SSRC.
        case video
        case audio
        /// The top bit of SRT's first word (draft-sharabayko-srt section 3): set in control packets.
        case srtControl = "srt-control"
        case srtData = "srt-data"

        /// The second byte of what RTCP sends (RFC 5761 section 4).
        package static let controlTypes: ClosedRange<UInt8> = 192...223

        /// Bytes of UDP payload that it takes to be told.
        package var leastLength: Int {
            switch self {
            case .rtp, .video, .audio: 12
            case .rtcp, .srtControl, .srtData: 4
            }
        }

        /// The stream that it is a part of; `nil` for what is not of one alone.
        package var stream: MediaKind? {
            switch self {
            case .video: .video
            case .audio: .audio
            case .rtp, .rtcp, .srtControl, .srtData: nil
            }
        }
    }
}

extension PacketMatch {
    /// As a scenario says it: `udp 5004 rtcp, or host 10.77.0.2`.
    package var text: String { terms.map(\.text).joined(separator: ", or ") }
}

extension PacketMatch.Term {
    fileprivate var text: String {
        let kind = transport?.rawValue ?? (ports.isEmpty ? nil : "port")
        var words = [kind, ports.isEmpty ? nil : ports.map(String.init).joined(separator: " or ")]
        words += [
            host.map { "host \($0)" }, source.map { "source \($0)" }, destination.map { "destination \($0)" },
            content.map(\.text),
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }
}

extension PacketMatch.Content {
    fileprivate var text: String {
        switch self {
        case .rtp, .rtcp: rawValue
        case .video, .audio: "rtp \(rawValue)"
        case .srtControl: "srt control"
        case .srtData: "srt data"
        }
    }
}
