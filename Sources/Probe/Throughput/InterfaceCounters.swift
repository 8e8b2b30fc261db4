internal import Glibc
internal import LinuxKit

/// What the interfaces of one namespace received, Ethernet header included and frame check sequence not.
///
/// `/proc/thread-self/net/dev` shows the namespace of the thread that opens it, and goes on showing that one whichever
/// thread reads it later.
final class InterfaceCounters: Sendable {
    /// Bytes and packets since the interfaces were made, loopback left out.
    struct Received: Hashable, Sendable {
        var bytes: Int64
        var packets: Int64
    }

    private let file: FileDescriptor

    init(in namespace: NetworkNamespace) throws {
        file = try namespace.inside { try FileDescriptor.open("/proc/thread-self/net/dev") }
    }

    /// The counters now. Corresponds to `proc_pid_net(5)`, `/proc/net/dev`.
    func received() throws(Errno) -> Received {
        let raw = file.raw
        try retryingInterrupts { lseek(raw, 0, SEEK_SET) }
        return Self.sum(ofTable: String(decoding: try file.readAll(), as: UTF8.self))
    }

    /// Sums a table of `/proc/net/dev`: two lines of heads, then `NAME: BYTES PACKETS ...` for each interface.
    static func sum(ofTable text: String) -> Received {
        var sum = Received(bytes: 0, packets: 0)
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let name = line[..<colon].drop { $0 == " " }
            let figures = line[line.index(after: colon)...].split(separator: " ").prefix(2).compactMap { Int64($0) }
            guard name != "lo", figures.count == 2 else { continue }
            sum.bytes += figures[0]
            sum.packets += figures[1]
        }
        return sum
    }
}
