internal import LabModel

/// Puts packets together again from their fragments as they come (RFC 791 section 3.2, RFC 8200 section 4.5): the loss of
/// one is the loss of the packet.
struct Reassembly {
    private struct Key: Hashable {
        let source: IPAddress
        let destination: IPAddress
        let identification: UInt32
        let kind: UInt8
    }

    private struct Partial {
        let since: Timestamp
        /// In the order of their places, without overlap.
        var parts: [(offset: Int, bytes: [UInt8])] = []
        /// Of the whole payload, known from the last fragment.
        var length: Int?

        var held: Int { parts.reduce(0) { $0 + $1.bytes.count } }
    }

    /// What becomes of a fragment.
    private enum Fit { case new(Int), known, contradiction }

    private var partials: [Key: Partial] = [:]
    private var oldest: Timestamp?
    private var given: Int64 = 0

    /// A host's kernel waits 30 s for the rest of an IPv4 packet (`net.ipv4.ipfrag_time`), and 60 s for IPv6's.
    private static let patience = TimeSpan.seconds(30)
    private static let patience6 = TimeSpan.seconds(60)
    /// More unfinished packets at once than this are no traffic that a host would put together.
    private static let most = 512
    private static let longest = 65535

    /// Takes a fragment; the payload of the whole packet where it was the last to come.
    mutating func add(
        _ fragment: NetworkPacket.Fragment, of packet: borrowing NetworkPacket, at time: Timestamp
    ) -> [UInt8]? {
        forget(at: time)
        let key = Key(
            source: packet.source, destination: packet.destination, identification: fragment.identification,
            kind: fragment.kind)
        var partial = partials[key] ?? Partial(since: time)
        switch fit(fragment, into: partial) {
        case .known: return nil
        case .contradiction:
            partials[key] = nil
            given += 1
            return nil
        case .new(let place): partial.parts.insert((fragment.offset, Array(fragment.part)), at: place)
        }
        if fragment.isLast { partial.length = fragment.offset + fragment.length }
        guard let length = partial.length, partial.held == length else {
            partials[key] = partial
            oldest = oldest ?? time
            return nil
        }
        partials[key] = nil
        return partial.parts.flatMap(\.bytes)
    }

    /// How many packets never became whole; it is spent.
    mutating func finish() -> Int64 {
        given += Int64(partials.count)
        partials = [:]
        return given
    }

    /// Overlapping fragments are no traffic but an attack, and a host drops their packet (RFC 5722); one that comes
    /// again it ignores. One that was not captured whole is as good as lost.
    private func fit(_ fragment: NetworkPacket.Fragment, into partial: Partial) -> Fit {
        let end = fragment.offset + fragment.length
        guard fragment.length > 0, end <= Self.longest else { return .contradiction }
        guard fragment.part.count == fragment.length else { return .known }
        if let length = partial.length, end > length || fragment.isLast && end != length { return .contradiction }
        let place = partial.parts.firstIndex { $0.offset >= fragment.offset } ?? partial.parts.count
        if place < partial.parts.count {
            let next = partial.parts[place]
            if next.offset == fragment.offset { return next.bytes.count == fragment.length ? .known : .contradiction }
            if next.offset < end { return .contradiction }
            if fragment.isLast { return .contradiction }
        }
        if place > 0 {
            let before = partial.parts[place - 1]
            if before.offset + before.bytes.count > fragment.offset { return .contradiction }
        }
        return .new(place)
    }

    private mutating func forget(at time: Timestamp) {
        guard let oldest, time - oldest > Self.patience || partials.count >= Self.most else { return }
        let all = partials.count
        partials = partials.filter { key, partial in
            time - partial.since <= (key.source.isVersion6 ? Self.patience6 : Self.patience)
        }
        // Where that leaves too many none is traffic.
        if partials.count >= Self.most { partials = [:] }
        given += Int64(all - partials.count)
        self.oldest = partials.values.map(\.since).min()
    }
}
