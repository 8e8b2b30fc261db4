internal import CWebSockets
internal import LinuxKit
internal import Synchronization

/// One end of one WebSocket connection (RFC 6455), which libwebsockets serves on a thread of its own.
package final class WebSocketEnd: Sendable {
    /// A binary message, and when its last byte came (ns since 1970).
    package typealias Message = (bytes: [UInt8], time: Int64)

    struct State {
        var isOpen = false
        /// A Close frame came, or the connection is gone.
        var isOver = false
        /// To be ended once all that waits has left.
        var isLeaving = false
        var isUnserved = false
        var failure: String?
        var outgoing: [[UInt8]] = []
        var incoming: [Message] = []
        /// Of a message that is not all there.
        var part: [UInt8] = []
    }

    let state = Condition(State())
    /// The connection, as libwebsockets knows it; touched on its own thread only.
    let connection = Mutex<Int>(0)
    private let name: String
    private let context = Mutex<Int>(0)
    private let thread = Mutex<Thread?>(nil)

    /// Listens; the first who calls is the other end.
    package static func listen(at address: String, port: UInt16) throws -> WebSocketEnd {
        let end = WebSocketEnd(address, port)
        LibraryLog.keep()
        // libwebsockets does not say why it cannot listen.
        do throws(SystemCallError) {
            _ = try StreamSocket.listener(on: address, port: port)
        } catch {
            throw WebSocketError("listen on", end.name, "\(error.errno)")
        }
        let context = cwebsockets_context(Int32(port), address, hearWebSocket, Unmanaged.passUnretained(end).toOpaque())
        guard let context else { throw WebSocketError("listen on", end.name, LibraryLog.last ?? "it was refused") }
        try end.serve(context)
        return end
    }

    /// Calls a server.
    package static func call(_ address: String, port: UInt16) throws -> WebSocketEnd {
        let end = WebSocketEnd(address, port)
        LibraryLog.keep()
        let context = cwebsockets_context(-1, nil, hearWebSocket, Unmanaged.passUnretained(end).toOpaque())
        guard let context else { throw WebSocketError("connect to", end.name, LibraryLog.last ?? "it was refused") }
        // Where it fails at once the callback is told why.
        if cwebsockets_call(context, address, Int32(port)) == nil { end.fail("no connection can be made") }
        try end.serve(context)
        return end
    }

    private init(_ address: String, _ port: UInt16) {
        name = "\(address) port \(port)"
    }

    /// Returns when the connection stands.
    package func awaitOpen(untilMonotonic deadline: Int64) throws {
        let outcome = state.wait(untilMonotonic: deadline) { state -> Bool? in
            state.isOpen ? true : state.failure == nil ? nil : false
        }
        if outcome == true { return }
        throw WebSocketError("connect to", name, state.look(\.failure) ?? "nobody answered in time")
    }

    /// Sends a message as soon as those before it have left; false where the connection is gone.
    package func send(_ message: [UInt8]) -> Bool {
        let isOpen = state.change { state in
            if !state.isOver { state.outgoing.append(message) }
            return !state.isOver
        }
        wake()
        return isOpen
    }

    /// The messages that have come, or come until `deadline` (monotonic, ns).
    package func receive(untilMonotonic deadline: Int64) -> [Message] {
        state.wait(untilMonotonic: deadline) { state -> [Message]? in
            if state.incoming.isEmpty { return state.isOver ? [] : nil }
            defer { state.incoming = [] }
            return state.incoming
        } ?? []
    }

    /// Whether the other end has left, and all that it sent was received.
    package var hasEnded: Bool { state.look { $0.isOver && $0.incoming.isEmpty } }

    /// Sends a Close frame behind all that waits, and returns when the other end has answered it, or at `deadline`
    /// (monotonic, ns).
    package func leave(untilMonotonic deadline: Int64) {
        state.change { $0.isLeaving = true }
        wake()
        _ = state.wait(untilMonotonic: deadline) { $0.isOver || !$0.isOpen ? true : nil }
        state.change { $0.isUnserved = true }
        wake()
        thread.withLock { $0?.join() }
    }

    func fail(_ reason: String) {
        state.change { state in
            if state.failure == nil { state.failure = reason }
            state.isOver = true
        }
    }

    private func wake() {
        context.withLock { if let context = OpaquePointer(bitPattern: $0) { lws_cancel_service(context) } }
    }

    /// libwebsockets waits in poll(2) until there is something to do, or it is woken.
    private func serve(_ raw: OpaquePointer) throws {
        let address = Int(bitPattern: raw)
        context.withLock { $0 = address }
        let started = try Thread.run(named: "websocket") { [self] in
            guard let raw = OpaquePointer(bitPattern: address) else { return }
            while !state.look(\.isUnserved), lws_service(raw, 0) >= 0 {}
            context.withLock { $0 = 0 }
            lws_context_destroy(raw)
        }
        thread.withLock { $0 = started }
    }
}

/// What libwebsockets says of errors.
enum LibraryLog {
    private static let line = Mutex<String?>(nil)

    /// The last that it said.
    static var last: String? { line.withLock { $0 } }

    /// Keeps it instead of letting it go to standard error.
    static func keep() {
        lws_set_log_level(1) { _, text in
            guard let text else { return }
            let words = String(cString: text).split(whereSeparator: \.isNewline).first.map(String.init)
            LibraryLog.line.withLock { $0 = words }
        }
    }
}
