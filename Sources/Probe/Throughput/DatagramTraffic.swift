internal import LabModel
internal import LinuxKit
internal import Synchronization

/// Numbered datagrams at a steady rate.
final class DatagramTraffic: ThroughputTraffic {
    private struct Taken {
        var account = DatagramAccount()
        var drops: UInt32 = 0
    }

    private let pacer: Pacer
    private let offered: Rate
    private let payload: Int
    private let total: Int64
    private let sender: DatagramSocket
    private let receiver: DatagramSocket
    private let destination: DatagramAddress
    private let taken = Mutex(Taken())

    var received: ReceivedTraffic {
        taken.withLock {
            ReceivedTraffic(
                payload: $0.account.payload, packets: $0.account.received, missing: $0.account.missing)
        }
    }

    /// Opens the sockets; `offered` counts Ethernet, IP and UDP headers.
    init(over path: ProbePath, offered: Rate, plan: ProbePlan.Throughput) throws {
        let payload = plan.payload ?? ProbePlan.Throughput.usualPayload
        pacer = Pacer(rate: offered, packet: path.ip.framedSize(ofUDP: Int(payload.bytes), mtu: path.mtu))
        self.offered = offered
        self.payload = Int(payload.bytes)
        total = pacer.packets(in: plan.duration)
        receiver = try path.receiver.inside {
            try DatagramSocket(bindingTo: path.receiverAddress, port: ProbePort.udp + path.portOffset)
        }
        sender = try path.sender.inside {
            try DatagramSocket(
                bindingTo: path.senderAddress, port: ProbePort.udp + ProbePort.senderOffset + path.portOffset)
        }
        destination = try DatagramAddress(path.receiverAddress, port: ProbePort.udp + path.portOffset)
    }

    func send(in window: TestWindow, progress: SenderProgress, shouldStop: () -> Bool) throws {
        var next: Int64 = 0
        var nextLook = window.start
        while next < total {
            Clock.sleep(untilMonotonic: window.start + pacer.wakeUp(for: next).nanoseconds)
            let now = Clock.monotonic()
            if now >= nextLook {
                if shouldStop() { return }
                nextLook = now + TestWindow.step
            }
            // A sender that was held up does not go on for ever to make up for it.
            if now > window.end + TestWindow.step { return }
            let count = min(pacer.batch(from: next, at: window.elapsed(at: now)), total - next)
            let datagrams = (next..<next + count).map { number in
                ProbeDatagram(number: number, sent: Timestamp(nanoseconds: Clock.realtime())).bytes(payload)
            }
            // What the kernel did not take has the next number again.
            next += Int64(try sender.send(datagrams[...], to: destination))
            progress.update { $0.sent = next }
        }
    }

    func receive(untilMonotonic deadline: Int64) throws {
        guard try Poll.readable([receiver.raw], untilMonotonic: deadline) == [true] else { return }
        var drops = taken.withLock(\.drops)
        let arrivals = try receiver.receive(drops: &drops)
        taken.withLock { taken in
            taken.drops = drops
            for arrival in arrivals {
                guard let head = arrival.bytes.withUnsafeBytes({ ProbeDatagram($0, numbersBelow: total) }) else {
                    continue
                }
                taken.account.take(
                    number: head.number, size: ByteCount(Int64(arrival.bytes.count)), sent: head.sent,
                    arrived: Timestamp(nanoseconds: arrival.time))
            }
        }
    }

    func check(_ sender: SenderProgress.State) throws {
        let drops = taken.withLock(\.drops)
        if drops > 0 {
            throw ProbeFailure("the receiver was too slow: \(drops) datagrams had come and were dropped at its socket")
        }
        if sender.sent < total * 99 / 100 {
            throw ProbeFailure(
                "the sender was too slow: \(sender.sent) of \(total) datagrams for \(offered.bitsPerSecond) bit/s")
        }
    }

    func report(_ sender: SenderProgress.State, in result: inout ProbeResult) {
        let account = taken.withLock(\.account)
        result.sent = sender.sent
        result.lost = account.lost(of: sender.sent)
        result.reordered = account.reordered
        result.jitter = account.jitter
    }
}
