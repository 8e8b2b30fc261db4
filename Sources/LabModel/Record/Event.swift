/// Something that happened in a run: a line of `events.jsonl`, and a line to the terminal while it happens.
package struct Event: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// The run went on to `message`: a name of `RunPhase`.
        case phase
        case progress
        /// A timeline change took effect.
        case change
        case probe
        /// A worker said something.
        case worker
        case warning
        case error
    }

    /// By the clock of the side that says it: the lab's, which in virtual time starts at the same moment in every run,
    /// or the host's for what happens outside of the lab (`media`, `boot`, `analysis`).
    package var time: Timestamp
    package var kind: Kind
    package var message: String
    package var progress: Progress?
    package var change: AppliedChange?

    package init(
        time: Timestamp, kind: Kind, message: String, progress: Progress? = nil, change: AppliedChange? = nil
    ) {
        self.time = time
        self.kind = kind
        self.message = message
        self.progress = progress
        self.change = change
    }
}

/// What a run is doing, in this order.
package enum RunPhase: String, Codable, Sendable, CaseIterable {
    case media
    case boot
    case lab
    case probe
    case stream
    case drain
    case analysis
    case report
}

/// The receiver's view while the stream runs, since the stream's start.
package struct Progress: Codable, Hashable, Sendable {
    /// Since the stream's start; negative before it.
    package var elapsed: TimeSpan
    /// Received in the last interval, at the IP layer.
    package var rate: Rate
    package var packets: Int64
    /// Known to be missing; absent where nothing tells.
    package var missing: Int64?
    /// Media waiting in the receiver's buffer, as its player would see it.
    package var buffer: TimeSpan?
    package var stalls: Int?

    package init(
        elapsed: TimeSpan, rate: Rate, packets: Int64, missing: Int64?, buffer: TimeSpan? = nil, stalls: Int? = nil
    ) {
        self.elapsed = elapsed
        self.rate = rate
        self.packets = packets
        self.missing = missing
        self.buffer = buffer
        self.stalls = stalls
    }
}
