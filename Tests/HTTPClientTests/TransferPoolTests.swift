import AdaptiveStreaming
import LabModel
import LinuxKit
import Testing

@testable import HTTPClient

@Suite(.timeLimit(.minutes(1))) struct TransferPoolTests {
    private func all(_ pool: TransferPool, _ id: Int) throws -> (pieces: [(Int, Timestamp)], TransferOutcome) {
        var pieces: [(Int, Timestamp)] = []
        let deadline = Clock.monotonic() + 20_000_000_000
        while Clock.monotonic() < deadline {
            for event in try pool.wait(untilMonotonic: deadline) where event.id == id {
                switch event {
                case .data(_, let bytes, let time): pieces.append((bytes.count, time))
                case .ended(_, let outcome): return (pieces, outcome)
                }
            }
        }
        throw TransferFailure(reason: "the transfer never ended")
    }

    @Test func `Pieces of a chunked body come as they arrive, and all bytes of the connection are counted`() throws {
        Signals.ignoreBrokenPipes()
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let server = try SmallServer([
            [(0, head + "5\r\nhello\r\n"), (300_000_000, "6\r\n world\r\n"), (0, "0\r\n\r\n")]
        ])
        let pool = try TransferPool()
        try pool.start(7, url: server.url("/a"), range: nil)
        let (pieces, outcome) = try all(pool, 7)
        server.join()
        #expect(pieces.map(\.0) == [5, 6])
        #expect(pieces[1].1 - pieces[0].1 > .milliseconds(250))
        #expect(outcome.succeeded && outcome.status == 200 && outcome.body.bytes == 11)
        #expect(outcome.received.bytes == Int64(head.utf8.count + 10 + 11 + 5))
        #expect(outcome.sent.bytes > 30 && outcome.connected != nil)
        #expect(try #require(outcome.firstByte) <= outcome.total && outcome.total > .milliseconds(250))
    }

    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let answer: String
        let status: Int?
        let body: Int64
    }

    static let faults = [
        Fault(
            testDescription: "not found", answer: "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone",
            status: 404, body: 4),
        Fault(
            testDescription: "cut short", answer: "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\nhalf", status: 200,
            body: 4),
        Fault(testDescription: "no answer", answer: "", status: nil, body: 0),
        Fault(testDescription: "no HTTP", answer: "SSH-2.0-x\r\n", status: nil, body: 0),
        Fault(
            testDescription: "too large", answer: "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx",
            status: 200, body: 0),
    ]

    @Test(arguments: faults)
    func `A transfer that fails says how far it came`(_ fault: Fault) throws {
        Signals.ignoreBrokenPipes()
        let server = try SmallServer([[(0, fault.answer)]])
        let pool = try TransferPool()
        try pool.start(1, url: server.url("/"), range: nil)
        let (pieces, outcome) = try all(pool, 1)
        server.join()
        #expect(!outcome.succeeded && outcome.status == fault.status && outcome.body.bytes == fault.body)
        #expect(fault.status == 404 ? outcome.failure == nil && pieces.isEmpty : outcome.failure != nil)
    }

    @Test func `A refused connection, a silent server and a wake end a wait`() throws {
        Signals.ignoreBrokenPipes()
        var limits = TransferPool.Limits()
        limits.silence = .seconds(1)
        let pool = try TransferPool(limits: limits)
        try pool.start(1, url: "http://127.0.0.1:1/", range: nil)
        #expect(try all(pool, 1).1.failure != nil)
        let server = try SmallServer([[(4_000_000_000, "")]])
        try pool.start(2, url: server.url("/"), range: nil)
        #expect(try all(pool, 2).1.total < .seconds(4))
        let begin = Clock.monotonic()
        pool.wake()
        _ = try pool.wait(untilMonotonic: begin + 10_000_000_000)
        #expect(Clock.monotonic() - begin < 5_000_000_000)
        server.join()
    }
}
