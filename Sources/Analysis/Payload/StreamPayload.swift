internal import LabModel

/// The payloads of a stream whose format may have to be found first.
struct StreamPayload {
    private var tracker: PayloadTracker?
    private var guess: PayloadGuess?

    /// - Parameter format: what is said of it; `nil` where nobody says anything.
    init(
        _ header: RTPHeader, packet: borrowing NetworkPacket, start: Timestamp,
        format: (format: PayloadFormat, origin: PayloadReport.Origin)?
    ) {
        if let (format, origin) = format {
            let reader = format.reader(source: packet.sourceText, destination: packet.destinationText, start: start)
            tracker = PayloadTracker(format, origin: origin, reader)
        } else {
            guess = PayloadGuess(
                header, source: packet.sourceText, destination: packet.destinationText, start: start)
        }
    }

    /// Adds a packet that came for the first time.
    mutating func add(_ header: RTPHeader, number: Int64, of packet: borrowing NetworkPacket, at time: Timestamp) {
        guard tracker != nil || guess != nil else { return }
        let payload = packet.payload.part(
            from: header.length, length: packet.payloadLength - header.length - header.padding)
        tracker?.add(header, number: number, payload, at: time)
        guard guess != nil else { return }
        guess?.add(header, number: number, payload, at: time)
        if guess?.isOver == true { decide() }
    }

    /// The sender began anew.
    mutating func restart() {
        if guess != nil { decide() }
        tracker?.restart()
    }

    mutating func finish() -> PayloadReport? {
        if guess != nil { decide() }
        return tracker?.finish()
    }

    private mutating func decide() {
        tracker = guess?.decide()
        guess = nil
    }
}
