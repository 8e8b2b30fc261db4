package import LabModel
internal import LinuxKit
internal import Synchronization

/// Round trips under load: a small datagram and its echo at each interval, from `start` to `stop`.
package final class LatencyProbe: Sendable {
    private static let payload = 64
    /// How often the receiving threads look whether to end.
    private static let step: Int64 = 100_000_000

    private struct Stage {
        var isStopped = false
        var isOver = false
    }

    private let interval: TimeSpan
    private let near: DatagramSocket
    private let far: DatagramSocket
    private let nearAddress: DatagramAddress
    private let farAddress: DatagramAddress
    private let stage = Condition(Stage())
    private let account = Mutex(EchoAccount())
    private let failures = Mutex<[String]>([])
    private let threads = Mutex<[Thread]>([])
    private let started = Timestamp(nanoseconds: Clock.realtime())

    /// Opens both ends and begins. `interval` is more than zero.
    package static func start(interval: TimeSpan, over path: ProbePath) throws -> LatencyProbe {
        let probe = try LatencyProbe(interval: interval, over: path)
        do {
            try probe.run("probe-echo") { try $0.answer() }
            try probe.run("probe-listener") { try $0.listen() }
            try probe.run("probe-pinger") { try $0.ping() }
        } catch {
            _ = probe.stop()
            throw error
        }
        return probe
    }

    /// Sends no more, waits for the echoes that may still be under way (2 s at most), and says what was measured.
    package func stop() -> ProbeResult {
        stage.change { $0.isStopped = true }
        let deadline = Clock.monotonic() + account.withLock(\.patience).nanoseconds
        while !account.withLock(\.isComplete), Clock.monotonic() < deadline {
            Clock.sleep(for: Self.step / 10)
        }
        stage.change { $0.isOver = true }
        for thread in threads.withLock({ $0 }) { thread.join() }
        var result = ProbeResult(
            plan: .latency(interval: interval), started: started,
            ended: Timestamp(nanoseconds: Clock.realtime()))
        result.echoes = account.withLock(\.echoes)
        result.failure = failures.withLock(\.first)
        return result
    }

    private init(interval: TimeSpan, over path: ProbePath) throws {
        precondition(interval > .zero)
        self.interval = interval
        let nearPort = ProbePort.echo + ProbePort.senderOffset
        near = try path.sender.inside { try DatagramSocket(bindingTo: path.senderAddress, port: nearPort) }
        far = try path.receiver.inside { try DatagramSocket(bindingTo: path.receiverAddress, port: ProbePort.echo) }
        nearAddress = try DatagramAddress(path.senderAddress, port: nearPort)
        farAddress = try DatagramAddress(path.receiverAddress, port: ProbePort.echo)
    }

    private func run(_ name: String, _ work: @escaping @Sendable (LatencyProbe) throws -> Void) throws {
        let thread = try Thread.run(named: name) {
            do { try work(self) } catch { self.failures.withLock { $0.append("\(name): \(error)") } }
        }
        threads.withLock { $0.append(thread) }
    }

    /// Sends a datagram at each interval, to absolute deadlines.
    private func ping() throws {
        let start = Clock.monotonic()
        while true {
            let number = account.withLock(\.next)
            let deadline = start + number * interval.nanoseconds
            if stage.wait(untilMonotonic: deadline, { $0.isStopped ? true : nil }) == true { return }
            let now = Timestamp(nanoseconds: Clock.realtime())
            account.withLock { $0.send(at: now) }
            try near.send(ProbeDatagram(number: number, sent: now).bytes(Self.payload), to: farAddress)
        }
    }

    /// Sends back what comes.
    private func answer() throws {
        try takeAll(far) { arrival in _ = try self.far.send(arrival.bytes, to: self.nearAddress) }
    }

    /// Takes the echoes.
    private func listen() throws {
        try takeAll(near) { arrival in
            guard let head = arrival.bytes.withUnsafeBytes({ ProbeDatagram($0, numbersBelow: .max) }) else { return }
            self.account.withLock {
                $0.receive(number: head.number, at: Timestamp(nanoseconds: arrival.time))
            }
        }
    }

    private func takeAll(_ socket: DatagramSocket, _ body: (DatagramSocket.Arrival) throws -> Void) throws {
        var drops: UInt32 = 0
        while !stage.look(\.isOver) {
            guard try Poll.readable([socket.raw], untilMonotonic: Clock.monotonic() + Self.step) == [true] else {
                continue
            }
            for arrival in try socket.receive(drops: &drops) { try body(arrival) }
        }
    }
}
