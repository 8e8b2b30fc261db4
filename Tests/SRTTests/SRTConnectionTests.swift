import LabModel
import LinuxKit
import SRT
import Testing

@Suite(.serialized) struct SRTConnectionTests {
    private static let options = SRTOptions(latency: .milliseconds(20), patience: .seconds(10))
    private static let messages = (0..<50).map { number in [UInt8](repeating: UInt8(number), count: 1316) }

    @Test(arguments: [nil, "a passphrase"])
    func `Messages arrive in order, and both ends count them`(_ passphrase: String?) throws {
        var options = Self.options
        options.passphrase = passphrase
        options.streamID = "camera 1"
        let (caller, listener) = try Meeting(line: passphrase == nil ? 1 : 2).connect(options)
        for message in Self.messages { try caller.send(message) }
        #expect(try listener.messages(50) == Self.messages)
        let now = Timestamp(nanoseconds: Clock.realtime())
        let sent = try #require(caller.statistics(at: now))
        let received = try #require(listener.statistics(at: now))
        #expect(sent.time == now)
        #expect(sent.sent.packets == 50 && sent.sent.unique == 50 && sent.sent.retransmitted == 0)
        // 44 bytes of IPv4, UDP and SRT before each.
        #expect(sent.sent.bytes.bytes == 50 * (1316 + 44))
        #expect(received.received.packets == 50 && received.received.unique == 50)
        #expect(received.received.undecrypted == 0 && received.received.dropped == 0)
        #expect(received.latency == .milliseconds(20) && sent.latency == .milliseconds(20))
    }

    @Test func `Two that call each other meet`() throws {
        let meeting = try Meeting()
        let first = try SRTSocket.rendezvous(at: meeting.here, Self.options)
        let second = try SRTSocket.rendezvous(at: meeting.there, Self.options)
        let other = try Thread.run(named: "other") { try? second.connect(to: meeting.here) }
        try first.connect(to: meeting.there)
        other.join()
        // The other may not have heard yet that they have met, and lose the first.
        for _ in 0..<30 {
            try first.send([1, 2, 3])
            Clock.sleep(for: 10_000_000)
        }
        #expect(try second.messages(1) == [[1, 2, 3]])
    }

    @Test func `A packet is given out when the latency is over`() throws {
        var options = Self.options
        options.latency = .milliseconds(300)
        let (caller, listener) = try Meeting().connect(options)
        let before = Clock.monotonic()
        try caller.send([1])
        #expect(try listener.messages(1) == [[1]])
        #expect(Clock.monotonic() - before >= 295_000_000)
    }

    @Test func `Silence is told apart from the end, and no figure is told of a connection that is gone`() throws {
        let (caller, listener) = try Meeting().connect(Self.options)
        #expect(try listener.receive(patience: .milliseconds(10)) == .silence)
        #expect(caller.unacknowledged == 0)
        caller.close()
        #expect(try listener.receive(patience: .seconds(2)) == .end)
        #expect(listener.statistics(at: Timestamp(nanoseconds: 0)) == nil)
        #expect(caller.unacknowledged == nil)
        #expect(throws: SRTError.self) { try listener.send([1]) }
    }

    @Test func `A caller who is there before anybody waits for one is let in`() throws {
        let meeting = try Meeting()
        let listener = try SRTListener(at: meeting.there, Self.options)
        let caller = try SRTSocket.caller(at: meeting.here, Self.options)
        try caller.connect(to: meeting.there)
        let before = Clock.monotonic()
        let accepted = try listener.accept()
        #expect(Clock.monotonic() - before < 2_000_000_000)
        try caller.send([1])
        #expect(try accepted.messages(1) == [[1]])
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var caller: SRTOptions
        var listener: SRTOptions
        var reason: String
    }

    @Test(arguments: [
        Refusal(
            testDescription: "another passphrase", caller: .with(passphrase: "one passphrase"),
            listener: .with(passphrase: "another passphrase"), reason: "wrong passphrase, both ends need the same"),
        Refusal(
            testDescription: "a passphrase that the listener lacks", caller: .with(passphrase: "one passphrase"),
            listener: .with(), reason: "only one side has a passphrase, both ends need the same"),
        Refusal(
            testDescription: "a passphrase that the caller lacks", caller: .with(),
            listener: .with(passphrase: "one passphrase"),
            reason: "only one side has a passphrase, both ends need the same"),
        Refusal(
            testDescription: "another stream", caller: .with(streamID: "camera 2"),
            listener: .with(streamID: "camera 1"),
            reason: "the other side does not know this stream ID, both ends need the same"),
        Refusal(
            testDescription: "no stream", caller: .with(), listener: .with(streamID: "camera 1"),
            reason: "the other side does not know this stream ID, both ends need the same"),
    ])
    func `A caller hears why it is refused`(_ refusal: Refusal) throws {
        let meeting = try Meeting(line: refusal.testDescription.utf8.count)
        var listening = refusal.listener
        // It answers callers all the same.
        listening.patience = .milliseconds(100)
        let outcome = try meeting.call(refusal.caller, to: listening)
        let error = #expect(throws: SRTError.self) { try outcome.caller.get() }
        #expect(error?.description == "cannot connect to \(meeting.there): \(refusal.reason)")
        #expect(throws: SRTError.self) { try outcome.listener.get() }
    }

    @Test func `Nobody waits longer than asked`() throws {
        let meeting = try Meeting()
        let before = Clock.monotonic()
        var options = Self.options
        options.patience = .seconds(1)
        let caller = try SRTSocket.caller(at: meeting.here, options)
        #expect(throws: SRTError("connect to", "\(meeting.there)", "nobody answered")) {
            try caller.connect(to: meeting.there)
        }
        let listener = try SRTListener(at: meeting.there, options)
        #expect(throws: SRTError("accept a caller on", "\(meeting.there)", "none came in 1.0 s")) {
            _ = try listener.accept()
        }
        #expect(Clock.monotonic() - before < 10_000_000_000)
    }

    @Test func `A port in use is named`() throws {
        let meeting = try Meeting()
        let text = "\(meeting.here)".split(separator: " ")[0]
        let taken = try DatagramSocket(bindingTo: String(text), port: 9000)
        defer { withExtendedLifetime(taken) {} }
        do {
            _ = try SRTListener(at: meeting.here, Self.options)
            Issue.record("the port was free")
        } catch {
            #expect(error.description == "cannot bind to \(text) port 9000: address already in use (EADDRINUSE)")
        }
    }
}

extension SRTOptions {
    fileprivate static func with(passphrase: String? = nil, streamID: String? = nil) -> SRTOptions {
        SRTOptions(latency: .milliseconds(20), passphrase: passphrase, streamID: streamID, patience: .seconds(5))
    }
}
