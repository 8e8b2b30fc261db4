internal import CMicroHTTPD
internal import Glibc
package import HTTPStream
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Serves a presentation over HTTP/1.1, each connection on a thread of its own that sleeps until there is something to
/// say. Writes a line for each request.
package final class OriginServer: PresentationServer {
    private struct State {
        /// The stream's start on both clocks; nil before it is told.
        var start: (monotonic: Int64, realtime: Int64)?
        var isClosing = false
        var connections = 0
        /// When something was last asked or answered, or a connection came or went (monotonic, ns).
        var lastActivity = Clock.monotonic()
        /// The kinds of media of which somebody has got the end.
        var ended: Set<MediaKind> = []
        var failure: RunStoreError?
    }

    private let site: Site
    private let state = Condition(State())
    private let log: LineWriter<OriginRequest>
    private nonisolated(unsafe) var daemon: OpaquePointer?
    /// How long a client may be away between two requests, in ns.
    private let absence: Int64
    /// How long nothing may happen once the stream is over, in ns.
    private static let silence: Int64 = 10_000_000_000

    /// Listens from now on; answers from `begin` on.
    ///
    /// - Parameters:
    ///   - log: gets an `OriginRequest` for each request.
    ///   - port: 0 takes a free one.
    package init(_ presentation: Presentation, on address: String, port: UInt16, log path: String) throws {
        site = Site(presentation)
        absence = presentation.longestSegment.nanoseconds + 1_000_000_000
        let listener = try StreamSocket.listener(on: address, port: port)
        log = try LineWriter(path)
        let raw = listener.release()
        daemon = cmicrohttpd_start(
            raw, Self.answer, Self.begin, Self.end, Self.connection, Unmanaged.passUnretained(self).toOpaque())
        if daemon == nil {
            _ = FileDescriptor(owning: raw)
            throw SystemCallError("serve HTTP on", "\(address) port \(port)", Errno(errno))
        }
    }

    deinit { close() }

    /// The stream's start on both clocks: from now on there is something to answer.
    package func begin(monotonic: Int64, realtime: Int64) {
        state.change { $0.start = (monotonic, realtime) }
    }

    /// Returns when the stream is over and nobody wants any more of it, or after `close`: when the end of each kind of
    /// media was fetched and every connection is closed, when nobody has been connected for longer than a client stays
    /// away between two requests, or when nothing at all has happened for ten seconds.
    package func serveToEnd() {
        var isOver = false
        while !isOver {
            let deadline = state.look { departure(after: $0) }
            isOver =
                state.wait(untilMonotonic: deadline) { state -> Bool? in
                    let next = departure(after: state)
                    if state.isClosing || Clock.monotonic() >= next { return true }
                    return next < deadline ? false : nil
                } ?? false
        }
    }

    /// Answers what waits, and ends every connection.
    package func close() {
        state.change { $0.isClosing = true }
        let running = state.change { _ in
            defer { daemon = nil }
            return daemon
        }
        if let running { MHD_stop_daemon(running) }
    }

    /// Why requests could not be written down, where they could not.
    package var failure: (any Error)? { state.look { $0.failure } }

    /// When it may leave, as things stand (monotonic, ns).
    private func departure(after state: State) -> Int64 {
        guard let start = state.start else { return .max }
        let end = start.monotonic + site.end.nanoseconds
        if state.connections > 0 { return max(end, state.lastActivity) + Self.silence }
        return state.ended == site.kinds ? max(end, state.lastActivity) : max(end, state.lastActivity + absence)
    }
}

extension OriginServer {
    private static let begin:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?
        ) -> UnsafeMutableRawPointer? = { owner, target, connection in
            guard let owner, let target, let connection else { return nil }
            OriginServer.of(owner).note { _ in }
            let exchange = Exchange(target: String(cString: target), connection: connection)
            return Unmanaged.passRetained(exchange).toOpaque()
        }

    private static let answer: MHD_AccessHandlerCallback = { owner, connection, _, method, _, _, _, context in
        guard let owner, let connection, let method, let known = context?.pointee else { return cmicrohttpd_no }
        let exchange = Unmanaged<Exchange>.fromOpaque(known).takeUnretainedValue()
        if !exchange.isKnown {
            exchange.isKnown = true
            return cmicrohttpd_yes
        }
        return OriginServer.of(owner).answer(exchange, String(cString: method), connection)
    }

    private static let end: MHD_RequestCompletedCallback = { owner, connection, context, reason in
        guard let owner, let connection, let known = context?.pointee else { return }
        context?.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(known).takeRetainedValue()
        OriginServer.of(owner).finish(exchange, connection, whole: reason == cmicrohttpd_completed)
    }

    private static let connection: MHD_NotifyConnectionCallback = { owner, _, _, event in
        guard let owner else { return }
        OriginServer.of(owner).note { $0.connections += event == cmicrohttpd_connected ? 1 : -1 }
    }

    private static func of(_ owner: UnsafeMutableRawPointer) -> OriginServer {
        Unmanaged<OriginServer>.fromOpaque(owner).takeUnretainedValue()
    }

    private func note(_ change: (inout State) -> Void) {
        state.change { state in
            change(&state)
            state.lastActivity = Clock.monotonic()
        }
    }

    private func answer(_ exchange: Exchange, _ method: String, _ connection: OpaquePointer) -> MHD_Result {
        guard method == "GET" || method == "HEAD" else { return refuse(405, exchange, connection) }
        while true {
            guard let start = awaitStart() else { return refuse(503, exchange, connection) }
            let now = TimeSpan(nanoseconds: Clock.monotonic() - start.monotonic)
            switch site.answer(exchange.request, at: now, start: Timestamp(nanoseconds: start.realtime)) {
            case .refused(let status): return refuse(status, exchange, connection)
            case .later(let moment):
                guard sleep(until: moment) else { return refuse(503, exchange, connection) }
            case .whole(let resource):
                return give(resource, resource.pieces.reduce(0) { $0 + $1.bytes.count }, exchange, connection)
            case .growing(let resource): return give(resource, nil, exchange, connection)
            }
        }
    }

    private func awaitStart() -> (monotonic: Int64, realtime: Int64)? {
        state.wait { state -> (monotonic: Int64, realtime: Int64)?? in
            if state.isClosing { return .some(nil) }
            return state.start.map { .some($0) }
        } ?? nil
    }

    /// Returns at a moment since the stream's start; false where the server closes before.
    private func sleep(until moment: TimeSpan) -> Bool {
        guard let start = awaitStart() else { return false }
        let deadline = start.monotonic + moment.nanoseconds
        if Clock.monotonic() >= deadline { return true }
        return state.wait(untilMonotonic: deadline) { $0.isClosing ? true : nil } == nil
    }

    private func refuse(_ status: Int, _ exchange: Exchange, _ connection: OpaquePointer) -> MHD_Result {
        exchange.answered(status)
        return send(MHD_create_response_from_buffer(0, nil, cmicrohttpd_lasting), status, connection)
    }

    /// - Parameter size: nil where the body grows.
    private func give(
        _ resource: Site.Resource, _ size: Int?, _ exchange: Exchange, _ connection: OpaquePointer
    ) -> MHD_Result {
        exchange.answered(200, with: resource)
        let body = Unmanaged.passRetained(Body(server: self, exchange: exchange)).toOpaque()
        let response = MHD_create_response_from_callback(
            size.map { UInt64($0) } ?? cmicrohttpd_unknown_size, Self.blockSize, Self.read, body
        ) { body in
            guard let body else { return }
            Unmanaged<Body>.fromOpaque(body).release()
        }
        if let response {
            MHD_add_response_header(response, "Content-Type", resource.type)
            MHD_add_response_header(response, "Accept-Ranges", "none")
            // A playlist changes, media does not.
            let stays = resource.segment == nil ? "no-cache" : "max-age=3600"
            MHD_add_response_header(response, "Cache-Control", stays)
        }
        return send(response, 200, connection)
    }

    private func send(_ response: OpaquePointer?, _ status: Int, _ connection: OpaquePointer) -> MHD_Result {
        guard let response else { return cmicrohttpd_no }
        defer { MHD_destroy_response(response) }
        return MHD_queue_response(connection, UInt32(status), response)
    }

    private static let blockSize = 1 << 16

    /// Where a body comes from.
    private final class Body {
        let server: OriginServer
        let exchange: Exchange

        init(server: OriginServer, exchange: Exchange) {
            self.server = server
            self.exchange = exchange
        }
    }

    private static let read: MHD_ContentReaderCallback = { body, _, target, size in
        guard let body, let target else { return cmicrohttpd_broken_body }
        let source = Unmanaged<Body>.fromOpaque(body).takeUnretainedValue()
        let buffer = UnsafeMutableRawBufferPointer(start: target, count: size)
        switch source.exchange.read(into: buffer, arrival: { source.server.sleep(until: $0) }) {
        case .bytes(let count):
            source.server.note { _ in }
            return count
        case .end: return cmicrohttpd_end_of_body
        case .broken: return cmicrohttpd_broken_body
        }
    }

    private func finish(_ exchange: Exchange, _ connection: OpaquePointer, whole: Bool) {
        let record = exchange.record(connection, whole: whole)
        let end = whole ? exchange.resource.flatMap { site.isLast($0) } : nil
        let failure = Result { () throws(RunStoreError) in try log.append(record) }
        note { state in
            if let end { state.ended.insert(end) }
            if case .failure(let error) = failure { state.failure = error }
        }
    }
}
