internal import LinuxKit
internal import Media
internal import WebSockets

/// Media in WebSocket messages, from a server.
final class WebSocketCarrier: DatagramCarrier {
    private let end: WebSocketEnd
    private let joins: Bool

    /// - Parameter joins: whether all that is due at a time is one message.
    init(bind: String, port: UInt16, joins: Bool) throws {
        self.joins = joins
        end = try WebSocketEnd.listen(at: bind, port: port)
    }

    func connect() throws { try end.awaitOpen(untilMonotonic: Clock.monotonic() + Self.patience) }

    func send(_ datagrams: [[UInt8]]) throws -> Int {
        for message in joins ? [datagrams.flatMap(\.self)] : datagrams {
            guard end.send(message) else { throw WebSocketGone() }
        }
        return datagrams.count
    }

    func finish() { end.leave(untilMonotonic: Clock.monotonic() + Self.farewell) }

    /// How long the receiver may take to call, and to answer a Close frame behind all that waits (ns).
    private static let patience: Int64 = 30_000_000_000
    private static let farewell: Int64 = 4_000_000_000
}

/// The receiver has left.
struct WebSocketGone: Error, CustomStringConvertible {
    var description: String { "the receiver has closed the connection" }
}

/// The messages of a WebSocket server, each when its last byte has come.
final class WebSocketSource: DatagramSource {
    private let server: String
    private let port: UInt16
    private var end: WebSocketEnd?

    init(server: String, port: UInt16) {
        self.server = server
        self.port = port
    }

    /// TCP drops nothing.
    var drops: Int64 { 0 }

    func connect() throws {
        let end = try WebSocketEnd.call(server, port: port)
        try end.awaitOpen(untilMonotonic: Clock.monotonic() + 10_000_000_000)
        self.end = end
    }

    func receive(untilMonotonic deadline: Int64) throws -> [(bytes: [UInt8], time: Int64)] {
        end?.receive(untilMonotonic: deadline) ?? []
    }

    var hasEnded: Bool { end?.hasEnded ?? false }

    func finish() { end?.leave(untilMonotonic: Clock.monotonic() + 1_000_000_000) }
}
