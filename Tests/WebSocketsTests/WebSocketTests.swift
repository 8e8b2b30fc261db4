import LinuxKit
import Testing

@testable import WebSockets

/// Both ends in one process, over the loopback.
@Suite(.serialized) struct WebSocketTests {
    private static let port: UInt16 = 18471

    private var soon: Int64 { Clock.monotonic() + 5_000_000_000 }

    @Test func `Messages come whole and in order, and the Close frame behind them`() throws {
        let server = try WebSocketEnd.listen(at: "127.0.0.1", port: Self.port)
        let client = try WebSocketEnd.call("127.0.0.1", port: Self.port)
        try client.awaitOpen(untilMonotonic: soon)
        try server.awaitOpen(untilMonotonic: soon)
        let messages = [1, 125, 126, 65_535, 65_536, 700_000].map { size in
            [UInt8](repeating: UInt8(size % 251), count: size)
        }
        for message in messages { #expect(server.send(message)) }
        let farewell = try LinuxKit.Thread.run(named: "leave") {
            server.leave(untilMonotonic: Clock.monotonic() + 5_000_000_000)
        }
        var received: [[UInt8]] = []
        let deadline = soon
        while !client.hasEnded, Clock.monotonic() < deadline {
            received += client.receive(untilMonotonic: deadline).map(\.bytes)
        }
        #expect(received == messages)
        #expect(client.hasEnded)
        farewell.join()
        #expect(!server.send([1]))
        client.leave(untilMonotonic: soon)
    }

    @Test func `A call that nobody answers is refused in words`() throws {
        let client = try WebSocketEnd.call("127.0.0.1", port: Self.port + 1)
        let error = #expect(throws: WebSocketError.self) { try client.awaitOpen(untilMonotonic: soon) }
        #expect(error?.description.hasPrefix("cannot connect to 127.0.0.1 port 18472: ") == true)
        #expect(error?.reason != "nobody answered in time")
    }

    @Test func `A port that is taken is said`() throws {
        let first = try WebSocketEnd.listen(at: "127.0.0.1", port: Self.port + 2)
        defer { first.leave(untilMonotonic: soon) }
        let error = #expect(throws: WebSocketError.self) {
            try WebSocketEnd.listen(at: "127.0.0.1", port: Self.port + 2)
        }
        #expect(error?.operation == "listen on" && error?.object == "127.0.0.1 port 18473")
        #expect(error?.reason == "address already in use (EADDRINUSE)")
    }
}
