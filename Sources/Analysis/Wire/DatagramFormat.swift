/// What a protocol's datagrams are for, by their own headers: the place of a protocol that repairs over UDP.
protocol DatagramFormat {
    /// - Parameters:
    ///   - payload: of UDP, as far as it was captured.
    ///   - length: of the payload on the wire.
    mutating func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading
}

/// One datagram of the stream.
struct DatagramReading: Equatable {
    var use: PacketPurpose.Use
    /// Bytes of the protocol's own header before what it carries.
    var header = 0
}

/// RTP with RTCP (RFC 3550).
struct RTPFormat: DatagramFormat {
    func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading {
        guard let header = RTPHeader(payload, length: length) else { return DatagramReading(use: .control) }
        return DatagramReading(use: .media, header: header.length)
    }
}

/// What programs of the user's own send: RTP and RTCP where they fit, else media and nothing else.
struct ForeignFormat: DatagramFormat {
    func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading {
        let isReport = payload.count >= 8 && payload[0] >> 6 == 2 && (200...207).contains(payload[1])
        if isReport { return DatagramReading(use: .control) }
        guard let header = RTPHeader(payload, length: length) else {
            return PlainFormat().read(payload, length: length)
        }
        return DatagramReading(use: .media, header: header.length)
    }
}

/// Media and nothing else in a datagram.
struct PlainFormat: DatagramFormat {
    func read(_ payload: UnsafeRawBufferPointer, length: Int) -> DatagramReading {
        DatagramReading(use: length > 0 ? .media : .control)
    }
}
