internal import LabModel
internal import LinuxKit
internal import Synchronization

/// TCP that sends as fast as it is let.
final class StreamTraffic: ThroughputTraffic {
    private static let connectLimit: Int64 = 15_000_000_000
    private static let unsentLimit = 128 << 10

    private struct Taken {
        var payload = ByteCount(0)
        var isOver = false
    }

    private let sender: StreamSocket
    private let receiver: StreamSocket
    private let taken = Mutex(Taken())

    var received: ReceivedTraffic { ReceivedTraffic(payload: taken.withLock(\.payload)) }

    /// Makes the connection.
    init(over path: ProbePath) throws {
        let listener = try path.receiver.inside {
            try StreamSocket(bindingTo: path.receiverAddress, port: ProbePort.tcp + path.portOffset)
        }
        try listener.listen()
        sender = try path.sender.inside {
            try StreamSocket(
                bindingTo: path.senderAddress, port: ProbePort.tcp + ProbePort.senderOffset + path.portOffset)
        }
        try sender.limitUnsent(bytes: Self.unsentLimit)
        try sender.connect(to: DatagramAddress(path.receiverAddress, port: ProbePort.tcp + path.portOffset))
        let deadline = Clock.monotonic() + Self.connectLimit
        guard try listener.awaitReadable(untilMonotonic: deadline), try sender.awaitWritable(untilMonotonic: deadline)
        else { throw ProbeFailure("no connection to \(path.receiverAddress) within 15 s") }
        if let failure = sender.takeFailure() {
            throw ProbeFailure("cannot connect to \(path.receiverAddress): \(failure)")
        }
        receiver = try listener.accept()
    }

    func send(in window: TestWindow, progress: SenderProgress, shouldStop: () -> Bool) throws {
        let bytes = [UInt8](repeating: 0x6e, count: 64 << 10)
        // What is left unsent would only keep the link busy after the end.
        defer { try? sender.reset() }
        var nextLook = window.start
        while true {
            let now = Clock.monotonic()
            if now >= nextLook {
                let facts = try sender.facts()
                progress.update { $0.facts = facts }
                nextLook += TestWindow.step * ((now - nextLook) / TestWindow.step + 1)
                if now >= window.end || shouldStop() { return }
            }
            let deadline = min(nextLook, max(window.end, now))
            guard try sender.awaitWritable(untilMonotonic: deadline) else {
                nextLook = deadline
                continue
            }
            _ = try sender.send(bytes)
        }
    }

    func receive(untilMonotonic deadline: Int64) throws {
        if taken.withLock(\.isOver) { return Clock.sleep(untilMonotonic: deadline) }
        guard try receiver.awaitReadable(untilMonotonic: deadline) else { return }
        let count = try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
            do {
                return try receiver.receive(into: buffer)
            } catch Errno.connectionReset {
                return 0
            }
        }
        guard let count else { return }
        taken.withLock { taken in
            taken.payload.bytes += Int64(count)
            taken.isOver = count == 0
        }
    }

    func check(_ sender: SenderProgress.State) {}

    func report(_ sender: SenderProgress.State, in result: inout ProbeResult) {
        result.retransmissions = sender.facts?.retransmissions
    }
}

extension Errno {
    /// ECONNRESET.
    fileprivate static let connectionReset = Errno(104)
}
