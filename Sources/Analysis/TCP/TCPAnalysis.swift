internal import LabModel

/// What the readings of TCP's state come to, connection by connection.
struct TCPAnalysis {
    /// Those that series are made of: as many as a chart can tell apart, the largest.
    private static let drawn = 4

    private let flows: [TCPFlow]
    private let origin: Timestamp

    init(_ samples: [TCPSample], origin: Timestamp) {
        self.origin = origin
        let connections = Dictionary(grouping: samples) { sample in
            sample.point == .sender ? [sample.local, sample.remote] : [sample.remote, sample.local]
        }
        flows = connections.values.compactMap(TCPFlow.init).sorted {
            ($0.first.time, $0.first.local.port, $0.first.remote.port)
                < ($1.first.time, $1.first.local.port, $1.first.remote.port)
        }
    }

    /// `nil` where there was no connection.
    var report: TCPReport? {
        flows.isEmpty ? nil : TCPReport(flows: flows.map { $0.report(origin: origin) })
    }

    func series(_ bins: TimeBins) -> [Series] {
        let largest = flows.indices.sorted { flows[$0].delivered > flows[$1].delivered }.prefix(Self.drawn)
        return largest.sorted().flatMap { flows[$0].series(number: $0 + 1, bins) }
    }
}

/// One connection's readings at the end that sent more of it.
struct TCPFlow {
    private let samples: [TCPSample]
    let first: TCPSample
    private let last: TCPSample

    /// - Parameter samples: of both ends, in the order of time; `nil` of none.
    init?(_ samples: [TCPSample]) {
        let ends = Dictionary(grouping: samples, by: \.point)
        let sent = { (point: CaptureFacts.Point) in ends[point]?.last?.information.acknowledged?.bytes ?? -1 }
        let point: CaptureFacts.Point = sent(.receiver) > sent(.sender) ? .receiver : .sender
        guard let chosen = ends[point] ?? ends.values.first, let first = chosen.first, let last = chosen.last else {
            return nil
        }
        self.samples = chosen
        self.first = first
        self.last = last
    }

    var delivered: Int64 { last.information.acknowledged?.bytes ?? 0 }

    func report(origin: Timestamp) -> TCPFlowReport {
        var report = TCPFlowReport(
            direction: first.point == .sender ? .downlink : .uplink, sender: first.local, receiver: first.remote,
            isProbe: ProbePort.isTCP(first.local.port, first.remote.port), first: first.time - origin,
            last: last.time - origin)
        let end = last.information
        report.congestionControl = last.congestionControl
        report.delivered = end.acknowledged
        (report.dataSegments, report.retransmissions) = (end.dataSegments, end.retransmissions)
        report.retransmitted = end.retransmitted
        report.roundTrip = Distribution(of: samples.compactMap(\.information.roundTrip))
        report.leastRoundTrip = end.leastRoundTrip
        let windows = samples.compactMap(\.information.window)
        if let greatest = windows.max() {
            report.greatestWindow = greatest
            report.meanWindow = ByteCount(windows.reduce(0) { $0 + $1.bytes } / Int64(windows.count))
        }
        report.greatestUnsent = samples.compactMap(\.information.unsent).max()
        report.greatestDeliveryRate = samples.compactMap(\.information.deliveryRate).max()
        (report.busy, report.limitedByReceiver, report.limitedByBuffer) =
            (end.busy, end.limitedByReceiver, end.limitedByBuffer)
        return report
    }

    func series(number: Int, _ bins: TimeBins) -> [Series] {
        var (window, roundTrip) = (BinnedMean(bins), BinnedMean(bins))
        var repeats = [Double?](repeating: nil, count: bins.count)
        var before: Int64 = 0
        for sample in samples {
            if let value = sample.information.window { window.add(Double(value.bytes), at: sample.time) }
            if let value = sample.information.roundTrip { roundTrip.add(value.seconds, at: sample.time) }
            if let total = sample.information.retransmissions, let bin = bins.index(of: sample.time) {
                repeats[bin] = (repeats[bin] ?? 0) + Double(max(total - before, 0))
                before = total
            }
        }
        return [
            bins.series(Series.Name.tcpWindow(number), .size, window.values),
            bins.series(Series.Name.tcpRoundTrip(number), .time, roundTrip.values),
            bins.series(Series.Name.tcpRetransmissions(number), .count, repeats),
        ].compactMap(\.self)
    }
}

extension TCPInformation {
    /// The congestion window in bytes.
    fileprivate var window: ByteCount? {
        guard let congestionWindow, let segmentSize else { return nil }
        return ByteCount(congestionWindow * segmentSize.bytes)
    }
}
