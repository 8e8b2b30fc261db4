/// Puts the sections of one PID together (ISO/IEC 13818-1 section 2.4.4).
struct SectionReader {
    private var bytes: [UInt8] = []
    private var isOpen = false
    /// With its length field, which no section of the tables read here exceeds.
    private static let longest = 4096

    /// What was begun is not whole any more.
    mutating func interrupt() {
        isOpen = false
        bytes.removeAll(keepingCapacity: true)
    }

    /// Adds a packet; calls `body` for each section that it completes.
    mutating func add(_ packet: TransportPacket, _ body: (Section) -> Void) {
        var rest = packet.payload
        if packet.startsUnit {
            guard let pointer = rest.byte(at: 0) else { return }
            take(rest.part(from: 1, length: Int(pointer)), body)
            rest = rest.part(from: 1 + Int(pointer))
            interrupt()
            isOpen = true
        }
        take(rest, body)
    }

    private mutating func take(_ part: UnsafeRawBufferPointer, _ body: (Section) -> Void) {
        guard isOpen else { return }
        bytes += part
        while bytes.count >= 3, bytes[0] != 0xff {
            let length = 3 + (Int(bytes[1] & 0x0f) << 8 | Int(bytes[2]))
            guard length <= Self.longest else { return interrupt() }
            guard bytes.count >= length else { return }
            body(Section(bytes: Array(bytes[..<length])))
            bytes.removeFirst(length)
        }
        // Stuffing bytes fill the rest of the packet.
        if bytes.first == 0xff { interrupt() }
    }
}

/// A section, whole.
struct Section {
    let bytes: [UInt8]

    /// `table_id`.
    var table: UInt8 { bytes[0] }

    /// Whether its CRC_32 (annex A) says that it is undamaged.
    var isSound: Bool {
        bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte) << 24) { sum, _ in sum << 1 ^ (sum >> 31 == 1 ? 0x04c1_1db7 : 0) }
        } == 0
    }

    /// Of a program association table: the PIDs of the program maps.
    var programMaps: [UInt16] {
        stride(from: 8, through: bytes.count - 8, by: 4).compactMap { place in
            let number = UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
            return number == 0 ? nil : pid(at: place + 2)
        }
    }

    /// Of a program map: the PID of its clock references, and its streams.
    var programMap: (clock: UInt16, streams: [(pid: UInt16, type: UInt8)])? {
        guard bytes.count >= 16 else { return nil }
        var streams: [(pid: UInt16, type: UInt8)] = []
        var place = 12 + length(at: 10)
        while place + 5 <= bytes.count - 4 {
            streams.append((pid(at: place + 1), bytes[place]))
            place += 5 + length(at: place + 3)
        }
        return (pid(at: 8), streams)
    }

    private func pid(at place: Int) -> UInt16 { UInt16(bytes[place] & 0x1f) << 8 | UInt16(bytes[place + 1]) }

    private func length(at place: Int) -> Int { Int(bytes[place] & 0x0f) << 8 | Int(bytes[place + 1]) }
}
