/// The continuity counters of all PIDs (ISO/IEC 13818-1 section 2.4.3.3).
struct ContinuityWatch {
    private struct State {
        var counter: UInt8
        /// Packets with this counter in a row.
        var copies = 1
    }

    enum Step {
        case next
        /// The same packet a second time, which is allowed.
        case copy
        case broken
    }

    private var states: [UInt16: State] = [:]

    /// Notes a packet that is no null packet.
    mutating func add(_ packet: TransportPacket) -> Step {
        guard packet.hasPayload || packet.hasAdaptationField else { return .next }
        guard let before = states[packet.pid], !packet.isDiscontinuous else {
            states[packet.pid] = State(counter: packet.counter)
            return .next
        }
        guard packet.hasPayload else {
            // It does not count, so it has the number of the packet before.
            states[packet.pid]?.counter = packet.counter
            return packet.counter == before.counter ? .next : .broken
        }
        if packet.counter == before.counter {
            states[packet.pid]?.copies += 1
            return before.copies == 1 ? .copy : .broken
        }
        states[packet.pid] = State(counter: packet.counter)
        return packet.counter == (before.counter + 1) & 0x0f ? .next : .broken
    }
}
