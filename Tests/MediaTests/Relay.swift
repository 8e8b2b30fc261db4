import LinuxKit

@testable import Media

/// Passes datagrams from one loopback address to another and loses some of the media's.
final class Relay {
    static let address = "127.0.0.3"
    private let thread: Thread
    private let stop: FileDescriptor
    private let lost = Condition(0)

    /// - Parameter loses: whether the media's packet with this number, from 1, is lost.
    init(
        port: UInt16, to: String, losesReports: Bool = false, loses: @escaping @Sendable (Int) -> Bool
    ) throws {
        let sockets = try (0..<4).map { try DatagramSocket(bindingTo: Self.address, port: port + UInt16($0)) }
        let targets = try (0..<4).map { try DatagramAddress(to, port: port + UInt16($0)) }
        let (heard, told) = try FileDescriptor.pipe().release()
        stop = FileDescriptor(owning: told)
        let lost = lost
        thread = try Thread.run(named: "relay") {
            let bell = FileDescriptor(owning: heard)
            var count = 0
            var drops: UInt32 = 0
            while let ready = try? Poll.readable(sockets.map(\.raw) + [bell.raw], untilMonotonic: nil), !ready[4] {
                for index in 0..<4 where ready[index] {
                    for arrival in (try? sockets[index].receive(drops: &drops)) ?? [] {
                        if index % 2 == 1, losesReports { continue }
                        if index % 2 == 0 {
                            count += 1
                            if loses(count) {
                                lost.change { $0 += 1 }
                                continue
                            }
                        }
                        _ = try? sockets[index].send([arrival.bytes], to: targets[index])
                    }
                }
            }
        }
    }

    /// Ends it; returns how many it lost.
    func end() throws -> Int {
        try stop.writeAll([0])
        thread.join()
        return lost.look { $0 }
    }
}
