import LabModel
import LinuxKit
import RunStore
import Synchronization

@testable import Media

/// A sender and a receiver on the loopback, each on a thread with pipes for its standard streams, as two workers.
final class Session {
    static let senderAddress = "127.0.0.1"
    static let receiverAddress = "127.0.0.2"

    let run: RunDirectory
    private let scratch: Scratch
    let port: UInt16

    /// Ports from the test's own range, so that tests can run at once.
    init(_ plan: Plan) throws {
        Signals.ignoreBrokenPipes()
        scratch = try Scratch()
        run = try scratch.run(plan)
        port = Self.nextPort.wrappingAdd(8, ordering: .relaxed).oldValue
        media = try Sample.file(plan)
    }

    /// Two test runs at once have ports of their own, below those that the kernel hands out.
    private static let nextPort = Atomic<UInt16>(20000 + UInt16(Host.processID % 150) * 80)
    let media: String

    var firstPort: UInt16 { port }

    /// Streams the plan's media as a transport stream; the receiver, which nothing tells of the end, is stopped soon
    /// after it.
    func streamTransport(
        to: String = receiverAddress, carrier: @escaping @Sendable (String, UInt16) throws -> any DatagramCarrier,
        source: @escaping @Sendable (UInt16) throws -> any DatagramSource
    ) throws -> [WorkerMessage] {
        let sender = try Worker { [run, media, port] control in
            try TransportStreamSender(run: run.path, media: media, carrier: carrier(to, port)).send(control)
        }
        guard try sender.next()?.ready == true else { throw sender.problem }
        let receiver = try Worker { [run, port] control in
            try TransportStreamReceiver(run: run.path, linger: 2_000_000_000, source: source(port)).receive(control)
        }
        guard try receiver.next()?.ready == true else { throw receiver.problem }
        for worker in [sender, receiver] { try worker.tell("start \(Clock.monotonic() + 50_000_000)") }
        let said = try sender.rest()
        Clock.sleep(for: 200_000_000)
        try receiver.tell("stop")
        return said + (try receiver.rest())
    }

    private func sender(to: String) throws -> Worker {
        let sender = try Worker { [run, media, port] control in
            try RTPSender(run: run.path, media: media, to: to, port: port, bind: Self.senderAddress).send(control)
        }
        guard try sender.next()?.ready == true else { throw sender.problem }
        return sender
    }

    /// Streams without a receiver; returns what was sent.
    func sendOnly(to: String) throws -> [StreamFacts] {
        let sender = try sender(to: to)
        try sender.tell("start \(Clock.monotonic() + 50_000_000)")
        _ = try sender.rest()
        return try run.read([StreamFacts].self, from: RunFolder.streams)
    }

    /// Streams the plan, or as much as goes in `stoppingAfter` (ns), to an address; returns what both ends said.
    func stream(
        to: String = receiverAddress, linger: Int64 = 2_000_000_000, stoppingAfter limit: Int64? = nil
    ) throws -> [WorkerMessage] {
        let sender = try sender(to: to)
        let receiver = try Worker { [run] control in
            try RTPReceiver(run: run.path, bind: Self.receiverAddress, linger: linger)
                .receive(control)
        }
        guard try receiver.next()?.ready == true else { throw receiver.problem }
        try sender.tell("start \(Clock.monotonic() + 50_000_000)")
        if let limit {
            Clock.sleep(for: limit)
            try sender.tell("stop")
        }
        let heard = try receiver.rest()
        let said = try sender.rest()
        return said + heard
    }
}

/// A worker's code on a thread.
final class Worker {
    private let input: FileDescriptor
    private var output: LineReader
    private let failure = Condition<String?>(nil)
    private let thread: Thread

    init(_ body: @escaping @Sendable (WorkerControl) throws -> Void) throws {
        let (heard, told) = try FileDescriptor.pipe().release()
        let (read, said) = try FileDescriptor.pipe().release()
        input = FileDescriptor(owning: told)
        output = LineReader(FileDescriptor(owning: read))
        let failure = failure
        thread = try Thread.run(named: "worker") {
            do {
                let control = try WorkerControl(
                    input: FileDescriptor(owning: heard), output: FileDescriptor(owning: said))
                try body(control)
            } catch {
                failure.change { $0 = "\(error)" }
            }
        }
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    var problem: Problem { Problem(description: failure.wait(untilMonotonic: Clock.monotonic()) { $0 } ?? "unknown") }

    func tell(_ line: String) throws { try input.writeAll(line + "\n") }

    func next() throws -> WorkerMessage? {
        guard let line = try output.next() else { return nil }
        return try JSONLine.decode(line)
    }

    /// What it says until it ends.
    func rest() throws -> [WorkerMessage] {
        var messages: [WorkerMessage] = []
        while let message = try next() {
            messages.append(message)
            if message.ended == true { break }
        }
        thread.join()
        if let failure = failure.look({ $0 }) { throw Problem(description: failure) }
        return messages
    }
}

extension SentUnit {
    /// How many RTP packets carried it.
    var packetCount: Int64 { (lastSequence ?? -1) - (firstSequence ?? 0) + 1 }
}
