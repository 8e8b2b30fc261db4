internal import LabModel

/// Checks a transport stream as it passes: one pass, memory that grows with its clock references alone.
struct TransportStreamMonitor {
    private var report: TransportStreamReport
    private var log = IndicatorLog()
    private var sync = SyncWatch()
    private var continuity = ContinuityWatch()
    private var tables: TableWatch
    private var clocks: [UInt16: ClockWatch] = [:]
    private var counts: [UInt16: Int64] = [:]
    private let start: Timestamp
    private var last: Timestamp
    private var position: Int64 = 0

    init(source: String, destination: String, point: CaptureFacts.Point? = nil, start: Timestamp) {
        report = TransportStreamReport(source: source, destination: destination)
        report.point = point
        tables = TableWatch(start: start)
        self.start = start
        last = start
    }

    /// Adds the packets of one datagram; what is behind the last whole one is no packet.
    mutating func add(_ payload: UnsafeRawBufferPointer, at time: Timestamp) {
        let size = TransportPacket.size
        for place in stride(from: 0, through: payload.count - size, by: size) {
            add(TransportPacket(payload.part(from: place, length: size)), at: time)
            position += Int64(size)
        }
        last = max(last, time)
    }

    private mutating func add(_ packet: TransportPacket, at time: Timestamp) {
        report.packets += 1
        if sync.add(isRight: packet.hasSync) { log.note(.syncLoss, at: time) }
        guard packet.hasSync else { return log.note(.syncByte, at: time) }
        guard !packet.hasError else { return log.note(.transport, at: time) }
        guard !packet.isNull else {
            report.nullPackets += 1
            return
        }
        counts[packet.pid, default: 0] += 1
        switch continuity.add(packet) {
        case .next: break
        case .copy: return
        case .broken:
            log.note(.continuity, at: time)
            tables.interrupt(packet.pid)
            for pid in clocks.keys { clocks[pid]?.interrupt() }
        }
        tables.add(packet, at: time, &log)
        guard let reference = packet.clockReference else { return }
        // Eleven bytes into its packet is the byte that a reference is for.
        clocks[packet.pid, default: ClockWatch(pid: packet.pid)].add(
            reference, of: packet, at: time, position: position + 11, &log)
    }

    /// All that it showed; `nil` where there was no packet in sync.
    mutating func finish() -> TransportStreamReport? {
        guard !counts.isEmpty || report.nullPackets > 0 else { return nil }
        tables.finish(at: last, &log)
        report.clocks = clocks.values.sorted { $0.pid < $1.pid }.map { $0.finish(&log) }
        report.streams = tables.streams.map { stream in
            .init(pid: Int(stream.pid), type: Int(stream.type), packets: counts[stream.pid, default: 0])
        }
        let hasConstantRate = report.clocks.contains { $0.rate != nil }
        report.checks = log.checks(without: hasConstantRate ? [] : [.pcrAccuracy], start: start)
        return report
    }
}
