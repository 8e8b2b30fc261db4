import Glibc
import LabModel
import LinuxKit

@testable import Lab

/// A stream of numbered UDP datagrams from one end of a lab to the other.
struct Flow {
    /// One datagram at the receiver.
    struct Arrival {
        var sequence: Int
        var sent: Int64
        var arrived: Int64

        var delay: TimeSpan { TimeSpan(nanoseconds: arrived - sent) }
    }

    /// Of Ethernet, IPv4 and UDP; IPv6's header is longer by 20 bytes.
    static let headers = 42
    /// Of the frame, in bytes.
    var frame = 200
    var count: Int
    var spacing: TimeSpan
    var direction = Direction.downlink
    /// How many may come, where it is not as many as are sent.
    var expected: Int?
    /// Called with each sequence number before it is sent.
    var before: (@Sendable (Int) throws -> Void)?

    init(
        count: Int, spacing: TimeSpan, frame: Int = 200, direction: Direction = .downlink,
        before: (@Sendable (Int) throws -> Void)? = nil
    ) {
        self.frame = frame
        self.count = count
        self.spacing = spacing
        self.direction = direction
        self.before = before
    }

    /// The datagrams of a rate that lasts for a time.
    init(rate: Rate, for span: TimeSpan, frame: Int = 1514) {
        let spacing = rate.time(for: ByteCount(Int64(frame))) ?? .zero
        self.init(count: Int(span.seconds / spacing.seconds), spacing: spacing, frame: frame)
    }

    /// Sends all and returns what came, in the order of its coming; a second without any ends it.
    func run(through lab: Lab, quiet: TimeSpan = .seconds(1)) throws -> [Arrival] {
        try direction == .downlink
            ? run(from: lab.sender, to: lab.receiver, quiet: quiet)
            : run(from: lab.receiver, to: lab.sender, quiet: quiet)
    }

    /// The same from one node to another.
    func run(from: LabHost, to: LabHost, quiet: TimeSpan = .seconds(1)) throws -> [Arrival] {
        let sending = Condition<Result<Bool, any Error>>(.success(true))
        let incoming = try to.namespace.inside { try DatagramSocket(bindingTo: to.address, port: 7000) }
        let outgoing = try from.namespace.inside { try DatagramSocket(bindingTo: from.address, port: 0) }
        let target = try DatagramAddress(to.address, port: 7000)
        let sender = try Thread.run(named: "sender") {
            let result = Result { try send(from: outgoing, to: target) }
            sending.change { $0 = result.map { false } }
        }
        var drops: UInt32 = 0
        var received: [Arrival] = []
        while received.count < expected ?? count {
            let deadline = Clock.monotonic() + quiet.nanoseconds
            if try Poll.readable([incoming.raw], untilMonotonic: deadline) == [false] {
                if case .success(true) = sending.look({ $0 }) { continue }
                break
            }
            received += try incoming.receive(drops: &drops).map(Arrival.init)
        }
        sender.join()
        _ = try sending.look { $0 }.get()
        return received
    }

    /// Sends what falls due within a millisecond in one call: more calls are more than the embedded kernel can make.
    private func send(from socket: DatagramSocket, to target: DatagramAddress) throws {
        let start = Clock.monotonic()
        let batch = Swift.max(1, Int(1_000_000 / Swift.max(1, spacing.nanoseconds)))
        for first in stride(from: 0, to: count, by: batch) {
            Clock.sleep(untilMonotonic: start + Int64(first) * spacing.nanoseconds)
            let sequences = first..<Swift.min(first + batch, count)
            for sequence in sequences { try before?(sequence) }
            let sent = try socket.send(sequences.map(datagram)[...], to: target)
            if sent < sequences.count { throw Errno.tryAgain }
        }
    }

    private func datagram(_ sequence: Int) -> [UInt8] {
        var payload = [UInt8](repeating: 0, count: frame - Self.headers)
        payload.withUnsafeMutableBytes {
            $0.storeBytes(of: Int64(sequence), as: Int64.self)
            $0.storeBytes(of: Clock.realtime(), toByteOffset: 8, as: Int64.self)
        }
        return payload
    }
}

extension Flow.Arrival {
    init(_ arrival: DatagramSocket.Arrival) {
        arrived = arrival.time
        (sequence, sent) = arrival.bytes.withUnsafeBytes {
            (Int($0.loadUnaligned(as: Int64.self)), $0.loadUnaligned(fromByteOffset: 8, as: Int64.self))
        }
    }
}

extension [Flow.Arrival] {
    /// Packets behind one with a greater number.
    var reordered: Int {
        var highest = -1
        var count = 0
        for arrival in self {
            if arrival.sequence < highest { count += 1 }
            highest = Swift.max(highest, arrival.sequence)
        }
        return count
    }

    func delay(_ quantile: Double) -> Double {
        let sorted = map(\.delay.milliseconds).sorted()
        return sorted.isEmpty ? .nan : sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * quantile))]
    }

    /// At the Ethernet layer, between the first packet and the last.
    func rate(frame: Int) -> Double {
        guard let first, let last, last.arrived > first.arrived else { return .nan }
        return Double((count - 1) * frame * 8) / Double(last.arrived - first.arrived) * 1e9
    }
}
