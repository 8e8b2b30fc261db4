/// Packets that are lost by their place and not by chance, before the path does anything else to them.
package struct DropList: Codable, Hashable, Sendable {
    /// Places of RTP packets in their stream, counted from 1, in order.
    package var places: [MediaKind: [Int]]
    /// Of the packets that are left.
    package var every: Nth?

    package init(places: [MediaKind: [Int]] = [:], every: Nth? = nil) {
        self.places = places
        self.every = every
    }

    /// Each packet whose number is a multiple of `count`.
    package struct Nth: Codable, Hashable, Sendable {
        /// From 1, which is every packet, to `longest`.
        package var count: Int
        /// What is counted; `nil` is all packets of the direction.
        package var match: PacketMatch?

        /// 16 bits: the kernel keeps no more (`tc_gact_p` of <linux/tc_act/tc_gact.h>).
        package static let longest = 65535

        package init(_ count: Int, of match: PacketMatch? = nil) {
            self.count = count
            self.match = match
        }
    }

    /// Places of one stream at most: so many comparisons does each packet of it cost.
    package static let longest = 200
    /// RTP's sequence numbers have 16 bits and begin again after as many packets.
    package static let lastPlace = 65536
}

extension DropList {
    /// As a scenario says it: `video 100, 101; every 1000th of udp 5004`.
    package var text: String {
        var parts = MediaKind.allCases.compactMap { kind in
            places[kind].map { "\(kind.rawValue) \($0.map(String.init).joined(separator: ", "))" }
        }
        if let every {
            parts.append("every \(every.ordinal)" + (every.match.map { " of \($0.text)" } ?? ""))
        }
        return parts.joined(separator: "; ")
    }
}

extension DropList.Nth {
    /// `1000th`, `1st`.
    package var ordinal: String {
        let ending: String
        switch (count % 10, count % 100) {
        case (_, 11...13): ending = "th"
        case (1, _): ending = "st"
        case (2, _): ending = "nd"
        case (3, _): ending = "rd"
        default: ending = "th"
        }
        return "\(count)\(ending)"
    }
}
