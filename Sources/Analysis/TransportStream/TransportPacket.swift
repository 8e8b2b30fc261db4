/// One packet of an MPEG transport stream (ISO/IEC 13818-1 section 2.4.3.2), lent like the bytes it lies in.
struct TransportPacket {
    static let size = 188
    static let sync: UInt8 = 0x47
    static let nullPID: UInt16 = 0x1fff

    private let bytes: UnsafeRawBufferPointer

    /// - Parameter bytes: all 188.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var hasSync: Bool { bytes[0] == Self.sync }
    /// `transport_error_indicator`: a lower layer gave it up.
    var hasError: Bool { bytes[1] & 0x80 != 0 }
    /// `payload_unit_start_indicator`.
    var startsUnit: Bool { bytes[1] & 0x40 != 0 }
    var pid: UInt16 { UInt16(bytes[1] & 0x1f) << 8 | UInt16(bytes[2]) }
    var isNull: Bool { pid == Self.nullPID }
    /// `transport_scrambling_control` says that its payload is not in clear.
    var isScrambled: Bool { bytes[3] & 0xc0 != 0 }
    var hasAdaptationField: Bool { bytes[3] & 0x20 != 0 }
    var hasPayload: Bool { bytes[3] & 0x10 != 0 }
    var counter: UInt8 { bytes[3] & 0x0f }

    /// `adaptation_field_length`, as far as it fits.
    private var adaptationLength: Int {
        hasAdaptationField ? min(Int(bytes[4]), Self.size - 5) : 0
    }

    private var adaptationFlags: UInt8 { adaptationLength > 0 ? bytes[5] : 0 }

    /// `discontinuity_indicator`.
    var isDiscontinuous: Bool { adaptationFlags & 0x80 != 0 }

    /// `program_clock_reference` in ticks of 27 MHz.
    var clockReference: Int64? {
        guard adaptationFlags & 0x10 != 0, adaptationLength >= 7, let high = bytes.bigEndian32(at: 6),
            let low = bytes.bigEndian16(at: 10)
        else { return nil }
        return (Int64(high) << 1 | Int64(low >> 15)) * 300 + Int64(low & 0x1ff)
    }

    var payload: UnsafeRawBufferPointer {
        guard hasPayload else { return bytes.part(from: Self.size) }
        return bytes.part(from: hasAdaptationField ? 5 + adaptationLength : 4)
    }

    /// Bytes of it that only fill it up: all of a null packet, and what an adaptation field has behind its last flag.
    var stuffing: Int {
        if isNull { return Self.size }
        guard hasAdaptationField else { return 0 }
        guard adaptationLength > 0 else { return 0 }
        let flags = adaptationFlags
        var used = 1 + (flags & 0x10 != 0 ? 6 : 0) + (flags & 0x08 != 0 ? 6 : 0) + (flags & 0x04 != 0 ? 1 : 0)
        // Private data and extension say their own length.
        for flag: UInt8 in [0x02, 0x01] where flags & flag != 0 {
            used += 1 + Int(bytes.byte(at: 5 + used) ?? 0)
        }
        return max(adaptationLength - used, 0)
    }
}

extension TransportPacket {
    /// Calls `body` for each whole packet of a payload; false where it does not begin with one.
    static func forEach(in payload: UnsafeRawBufferPointer, _ body: (TransportPacket) -> Void) -> Bool {
        guard payload.count >= size, payload[0] == sync else { return false }
        for start in stride(from: 0, through: payload.count - size, by: size) {
            body(TransportPacket(payload.part(from: start, length: size)))
        }
        return true
    }

    /// How many bytes of a payload fill up; `nil` where it is no transport stream in clear.
    static func stuffing(in payload: UnsafeRawBufferPointer) -> Int? {
        var sum = 0
        return forEach(in: payload, { sum += $0.stuffing }) ? sum : nil
    }
}
