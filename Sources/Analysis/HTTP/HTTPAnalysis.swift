internal import LabModel

/// What the HTTP client's own records come to, held against the link's rate.
struct HTTPAnalysis {
    private let requests: [HTTPRequest]
    private let decisions: [Adaptation]
    private let client: HTTPClientSummary?
    private let answers: OriginAnalysis
    private let schedule: RateSchedule
    /// Of the Ethernet frames that carry it, the part that is TCP's payload in full segments.
    private let payloadShare: Double

    init(_ inputs: RunInputs, origin: Timestamp) {
        requests = inputs.httpRequests.sorted { $0.start < $1.start }
        decisions = inputs.adaptations
        client = inputs.httpClient
        answers = OriginAnalysis(inputs.originRequests, inputs.httpRequests)
        schedule = RateSchedule(of: .downlink, in: inputs.plan, origin: origin)
        let segment = inputs.plan.mtu.bytes - Int64(inputs.plan.ip.headerSize) - Self.headers
        payloadShare = Double(segment) / Double(inputs.plan.mtu.framed.bytes)
    }

    /// Of TCP with timestamps.
    private static let headers: Int64 = 32

    /// `nil` where neither an HTTP client of netlab's took part nor an origin that writes down what it answers.
    ///
    /// - Parameter captured: TCP's payload from the origin, at the receiver.
    func report(captured: ByteCount?) -> HTTPReport? {
        let origin = answers.report(captured: captured)
        let hasClient = client != nil || !requests.isEmpty
        guard hasClient || origin != nil else { return nil }
        let failed = requests.filter { !$0.succeeded }
        let switches = decisions.filter(\.isSwitch)
        return HTTPReport(
            client: client,
            requests: HTTPRequest.Kind.allCases.compactMap { kind in
                HTTPRequestReport(kind, requests.filter { $0.kind == kind })
            },
            failures: Array(failed.prefix(Self.longestList)), switchCount: hasClient ? Int64(switches.count) : nil,
            switches: Array(switches.prefix(Self.longestList)), shares: shares, meanRate: meanRate,
            estimateRatio: RatioSpread(of: estimates), transferRatio: RatioSpread(of: transfers), origin: origin)
    }

    private static let longestList = 50

    private var shares: [RenditionShare] {
        Dictionary(grouping: decisions, by: \.to).compactMap { name, chosen in
            chosen.first.map { RenditionShare(name: name, rate: $0.rate, segments: Int64(chosen.count)) }
        }.sorted { ($0.rate, $0.name) < ($1.rate, $1.name) }
    }

    /// Segments are equally long.
    private var meanRate: Rate? {
        guard !decisions.isEmpty, decisions.allSatisfy({ $0.rate.bitsPerSecond > 0 }) else { return nil }
        let sum = decisions.reduce(0) { $0 + $1.rate.bitsPerSecond }
        return Rate(bitsPerSecond: sum / Int64(decisions.count))
    }

    private var estimates: [Double] {
        decisions.compactMap { decision in
            guard let estimate = decision.estimate, let rate = schedule.rate(at: decision.time), rate.bitsPerSecond > 0
            else { return nil }
            return Double(estimate.bitsPerSecond) / (Double(rate.bitsPerSecond) * payloadShare)
        }
    }

    /// Of video segments that were fetched whole: parts wait for what is still being made.
    private var transfers: [Double] {
        requests.compactMap { request in
            guard request.kind == .segment, request.succeeded, request.body.bytes >= Self.telling else { return nil }
            let bits = schedule.bits(from: request.start, to: request.start + request.total)
            guard bits.isFinite, bits > 0 else { return nil }
            return Double(request.body.bytes) * 8 / (bits * payloadShare)
        }
    }

    /// Less says more of the round trip than of the rate.
    private static let telling: Int64 = 30_000

    /// What was decided over time, each figure until the next decision.
    func series(_ bins: TimeBins) -> [Series] {
        guard let first = decisions.first, let last = decisions.last else { return [] }
        let end = requests.map { $0.start + $0.total }.max() ?? last.time
        var next = 0
        var current: Adaptation?
        let held = (0..<bins.count).map { bin -> Adaptation? in
            let moment = bins.moment(of: bin)
            while next < decisions.count, decisions[next].time <= moment {
                current = decisions[next]
                next += 1
            }
            return moment < first.time || moment > end ? nil : current
        }
        return [
            bins.series(Series.Name.rendition, .rate, held.map { $0.map { Double($0.rate.bitsPerSecond) } }),
            bins.series(
                Series.Name.estimate, .rate, held.map { $0?.estimate.map { Double($0.bitsPerSecond) } }),
            bins.series(Series.Name.clientBuffer, .time, held.map { $0?.buffer.seconds }),
        ].compactMap(\.self)
    }
}

extension HTTPRequestReport {
    /// `nil` of none.
    fileprivate init?(_ kind: HTTPRequest.Kind, _ requests: [HTTPRequest]) {
        guard !requests.isEmpty else { return nil }
        let good = requests.filter(\.succeeded)
        let sum = { (value: (HTTPRequest) -> ByteCount) in ByteCount(requests.reduce(0) { $0 + value($1).bytes }) }
        self.init(
            kind: kind, count: Int64(requests.count), failed: Int64(requests.count - good.count),
            repeated: Int64(requests.count { $0.attempt > 1 }),
            connections: Int64(requests.count { $0.connected != nil }),
            body: sum(\.body), received: sum(\.received), sent: sum(\.sent),
            firstByte: Distribution(of: good.compactMap(\.firstByte)), total: Distribution(of: good.map(\.total)))
    }
}

extension RatioSpread {
    /// `nil` of none.
    fileprivate init?(of values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let at = { (share: Double) in sorted[Int((Double(sorted.count - 1) * share).rounded())] }
        self.init(count: Int64(sorted.count), p5: at(0.05), median: at(0.5), p95: at(0.95))
    }
}
