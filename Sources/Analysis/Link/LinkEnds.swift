internal import LabModel

/// Who is on which side of a link or hop, by their addresses.
struct LinkEnds {
    private let senders: Set<IPAddress>
    private let receivers: Set<IPAddress>

    /// The sender and the receiver themselves: what flows between routers passes no whole link.
    init(of run: RunRecord) {
        senders = Self.addresses([run.senderAddress])
        receivers = Self.addresses([run.receiverAddress])
    }

    /// Of one hop: every node before it, and every one behind it.
    ///
    /// - Parameter index: from 0.
    init(ofHop index: Int, in run: RunRecord) {
        senders = Self.addresses(run.hops[...index].map(\.sender) + run.hops[..<index].map(\.receiver))
        receivers = Self.addresses(run.hops[index...].map(\.receiver) + run.hops[(index + 1)...].map(\.sender))
    }

    var areKnown: Bool { !senders.isEmpty && !receivers.isEmpty }

    func direction(from source: IPAddress, to destination: IPAddress) -> Direction? {
        if senders.contains(source), receivers.contains(destination) { return .downlink }
        if receivers.contains(source), senders.contains(destination) { return .uplink }
        return nil
    }

    private static func addresses(_ texts: [String]) -> Set<IPAddress> { Set(texts.compactMap { IPAddress($0) }) }
}
