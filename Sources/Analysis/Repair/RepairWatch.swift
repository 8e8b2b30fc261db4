internal import LabModel

/// Counts the packets of a protocol that repairs loss at both ends, by what they are for.
struct RepairWatch {
    private let kind: StreamProtocol
    private let ends: LinkEnds
    private var traffic: [CaptureFacts.Point: RepairTraffic] = [:]

    /// Nil for a protocol that repairs nothing.
    init?(_ kind: StreamProtocol, _ ends: LinkEnds) {
        guard kind.repairs else { return nil }
        self.kind = kind
        self.ends = ends
    }

    /// - Parameter length: of the frame on the wire.
    mutating func add(_ packet: borrowing NetworkPacket, length: Int, at point: CaptureFacts.Point) {
        guard packet.transport == .udp, let found = read(packet),
            let direction = ends.direction(from: packet.source, to: packet.destination)
        else { return }
        let place = Self.place(of: found.purpose, direction)
        traffic[point, default: RepairTraffic()][keyPath: place].add(length: length, media: packet.media(behind: found))
    }

    private func read(_ packet: borrowing NetworkPacket) -> RepairPacket? {
        // RIST's simple profile has RTCP at the next port.
        let ports = kind == .rist ? kind.port...kind.port + 1 : kind.port...kind.port
        guard packet.concerns(ports) else { return nil }
        return kind == .rist
            ? RepairPacket(rist: packet.payload, length: packet.payloadLength)
            : RepairPacket(srt: packet.payload, length: packet.payloadLength)
    }

    private static func place(
        of purpose: RepairPacket.Purpose, _ direction: Direction
    ) -> WritableKeyPath<RepairTraffic, RepairTraffic.Count> {
        switch (direction, purpose) {
        case (.uplink, _): \.feedback
        case (.downlink, .original): \.original
        case (.downlink, .retransmitted): \.retransmitted
        case (.downlink, .correction): \.correction
        case (.downlink, .control): \.control
        }
    }

    /// Nil where no such packet was captured.
    var report: RepairReport? {
        guard !traffic.isEmpty else { return nil }
        var report = RepairReport()
        report.sent = traffic[.sender] ?? RepairTraffic()
        report.received = traffic[.receiver] ?? RepairTraffic()
        return report
    }
}

extension RepairTraffic.Count {
    fileprivate mutating func add(length: Int, media: Int) {
        packets += 1
        bytes = ByteCount(bytes.bytes + Int64(length))
        self.media = ByteCount(self.media.bytes + Int64(media))
    }
}

extension NetworkPacket {
    fileprivate func concerns(_ ports: ClosedRange<UInt16>) -> Bool {
        ports.contains(sourcePort) || ports.contains(destinationPort)
    }

    fileprivate func media(behind header: RepairPacket) -> Int {
        header.header > 0 ? payloadLength - header.header : 0
    }
}
