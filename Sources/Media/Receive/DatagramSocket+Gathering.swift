internal import LinuxKit

extension DatagramSocket {
    /// How long a datagram waits for others behind it, ns. The kernel notes when each came, so that the wait shows in no
    /// figure; in an embedded kernel each wake-up is dear.
    static let gathering: Int64 = 40_000_000
}
