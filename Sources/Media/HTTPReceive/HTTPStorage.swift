internal import AdaptiveStreaming
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Writes what an HTTP client received, asked for and decided to the run directory.
struct HTTPStorage {
    private let units: UnitStore
    private let requests: LineWriter<HTTPRequest>
    private let adaptations: LineWriter<Adaptation>
    private let run: RunDirectory
    private let clockRates: [MediaKind: Int64]
    private var pendingRequests: [HTTPRequest] = []
    private var pendingAdaptations: [Adaptation] = []
    private var lastFlush = Clock.monotonic()

    init(_ run: RunDirectory, _ streams: [StreamFacts]) throws {
        units = try UnitStore(run)
        requests = try LineWriter(run.file(RunFolder.httpRequests))
        adaptations = try LineWriter(run.file(RunFolder.adaptations))
        clockRates = Dictionary(
            streams.map { ($0.stream, Int64($0.clockRate)) }, uniquingKeysWith: { first, _ in first })
        self.run = run
    }

    /// Stores a unit; returns its time on the stream's clock.
    mutating func add(
        _ unit: PieceReader.Unit, of rendition: Rendition?, in presentation: any Presentation
    ) throws -> UInt32 {
        let rate = clockRates[unit.kind] ?? unit.timescale
        // Whole where the container has the stream's clock, to the nearest tick where it has another.
        let scaled = (Double(unit.timestamp) * Double(rate) / Double(max(unit.timescale, 1))).rounded()
        let ticks = rate == unit.timescale ? unit.timestamp : Int64(scaled)
        let timestamp = UInt32(truncatingIfNeeded: ticks)
        let isLadder = presentation.tracks.first.map { $0.renditions.count > 1 } ?? false
        try units.add(
            unit.kind, unit.bytes, timestamp: timestamp, isKey: unit.isKey, isChecked: true,
            rendition: unit.kind == .video && isLadder ? rendition?.name : nil, time: unit.time.nanoseconds)
        return timestamp
    }

    mutating func add(_ decisions: [Adaptation]) { pendingAdaptations += decisions }

    mutating func add(_ fetch: Fetch, _ outcome: TransferOutcome, _ session: StreamingSession) {
        let isMedia = fetch.kind == .segment || fetch.kind == .part
        pendingRequests.append(
            HTTPRequest(
                path: Self.path(of: fetch.resource.url), kind: fetch.kind,
                rendition: session.rendition(of: fetch)?.name,
                segment: isMedia ? fetch.piece?.position.number : nil,
                part: fetch.kind == .part ? fetch.piece?.position.part : nil, attempt: fetch.attempt,
                start: fetch.began,
                connected: outcome.connected, firstByte: outcome.firstByte, total: outcome.total,
                status: outcome.status, body: outcome.body, received: outcome.received, sent: outcome.sent,
                failure: outcome.failure))
    }

    private static func path(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let rest = url[scheme.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }

    mutating func flushInTime() throws {
        if Clock.monotonic() - lastFlush > 1_000_000_000 { try flush() }
    }

    private mutating func flush() throws {
        if !pendingRequests.isEmpty { try requests.append(pendingRequests) }
        if !pendingAdaptations.isEmpty { try adaptations.append(pendingAdaptations) }
        (pendingRequests, pendingAdaptations) = ([], [])
        lastFlush = Clock.monotonic()
    }

    /// Puts all on disk, and what the session came to.
    mutating func finish(_ session: StreamingSession) throws {
        try units.flush()
        try flush()
        try run.write(HTTPClientSummary(session), to: RunFolder.httpClient)
    }
}

extension HTTPClientSummary {
    init(_ session: StreamingSession) {
        let tracks = session.presentation.tracks
        let video = tracks.first?.renditions ?? []
        self.init(
            rule: session.ruleText, edge: session.edgeText, target: session.presentation.target?.latency,
            renditions: video.map { HTTPRendition(name: $0.name, rate: $0.rate, width: $0.width, height: $0.height) },
            givenUp: session.givenUp, skips: session.skips, failure: session.failure)
    }
}
