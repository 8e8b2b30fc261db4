internal import LabModel
internal import LinuxKit
internal import RunStore

/// Asks a server for a camera's stream and stores the access units as they come.
package final class RTSPReceiver: StreamReceiver {
    private let address: String
    private let plan: Plan
    private let camera: Int
    private let assembly: UnitAssembly
    private let sessions: LineWriter<RTSPSession>
    private let linger: Int64
    private var progress: ProgressMeter
    private var pieces: Int64 = 0
    /// When something came last (monotonic, ns).
    private var lastNews: Int64?

    /// - Parameters:
    ///   - server: its address.
    ///   - camera: from 1.
    ///   - linger: how long to wait for more when nothing comes any more (ns).
    package init(run path: String, server: String, camera: Int, linger: Int64) throws {
        let run = try RunDirectory(existing: path)
        plan = try run.read(Plan.self, from: RunFolder.plan)
        let streams = try run.read([StreamFacts].self, from: RunFolder.streams).filter { ($0.camera ?? 1) == camera }
        self.camera = camera
        self.linger = linger
        address = URLText.rtsp(
            host: server, port: plan.pipeline.protocol.port, path: RTSPPlan.path(ofCamera: camera))
        assembly = try UnitAssembly(
            streams, ticks: run.read(UnitTicks.self, from: RunFolder.unitTicks), store: UnitStore(run, camera: camera))
        sessions = try LineWriter(run.file(RunFolder.rtspSessions))
        progress = ProgressMeter(plan, streams)
    }

    package func receive(_ control: WorkerControl) throws {
        let begin = Clock.monotonic()
        let client = try naming { () throws(AVFailure) in
            try RTSPClient(
                address, transport: plan.pipeline.rtsp.transport, firstPort: Self.firstPort(ofCamera: camera)
            ) { [unowned self] in
                control.isStopped || Clock.monotonic() >= end(control) ?? begin + Self.patience
            }
        }
        let setup = TimeSpan(nanoseconds: Clock.monotonic() - begin)
        try sessions.append(RTSPSession(camera: camera, setup: setup))
        control.say { $0.ready = true }
        let failure = Result { try receiveAll(from: client, control) }
        let stored = Result { try assembly.finish() }
        control.say {
            $0.ended = true
            $0.packets = pieces
        }
        try failure.get()
        try stored.get()
    }

    private func receiveAll(from client: RTSPClient, _ control: WorkerControl) throws {
        let kinds = client.kinds
        lastNews = Clock.monotonic()
        let packet = try naming { () throws(AVFailure) in try Packet() }
        while let piece = try naming({ () throws(AVFailure) in try client.read(packet) }) {
            guard let kind = kinds[piece.stream] else { continue }
            let (now, time) = (Clock.monotonic(), Clock.realtime())
            lastNews = now
            pieces += 1
            progress.note(size: piece.bytes.count)
            if let picture = try assembly.add(piece, of: kind, at: time) { progress.frame(picture, at: time) }
            if let due = progress.due(at: now, packets: pieces, missing: nil, start: control.start) {
                control.say { $0.progress = due }
            }
        }
    }

    /// When to stop waiting: long after the stream should be over. Nil before the session stands.
    private func end(_ control: WorkerControl) -> Int64? {
        lastNews.map { max($0, (control.start ?? $0) + plan.duration.nanoseconds) + linger }
    }

    private func naming<R: ~Copyable>(_ body: () throws(AVFailure) -> R) throws(MediaError) -> R {
        try AVFailure.naming("play", address, body)
    }

    /// How long a session may take to come about.
    private static let patience: Int64 = 20_000_000_000
    /// Receivers share a host, and each has its own ports.
    private static func firstPort(ofCamera camera: Int) -> UInt16 { 5004 + 16 * UInt16(camera - 1) }
}

/// Addresses of streams.
enum URLText {
    /// IPv6 addresses stand in brackets (RFC 3986 section 3.2.2).
    static func rtsp(host: String, port: UInt16, path: String) -> String {
        "rtsp://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path)"
    }
}
