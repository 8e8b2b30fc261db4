internal import CGstRTSPServer
internal import LinuxKit

/// The clients that are connected to a server.
final class Visitors: Sendable {
    private let count = Condition(0)

    init(of server: UnsafeMutablePointer<GstRTSPServer>) {
        // For as long as the server lives, which is as long as the process does.
        let owner = Unmanaged.passRetained(self).toOpaque()
        connectSignal("client-connected", of: server, to: owner) {
            (
                _: UnsafeMutableRawPointer?, client: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?
            ) in
            guard let owner, let client else { return }
            Visitors.of(owner).count.change { $0 += 1 }
            connectSignal("closed", of: client, to: owner) {
                (_: UnsafeMutableRawPointer?, owner: UnsafeMutableRawPointer?) in
                guard let owner else { return }
                Visitors.of(owner).count.change { $0 -= 1 }
            }
        }
    }

    /// Returns when all have left, or at the deadline.
    func awaitLeave(untilMonotonic deadline: Int64) {
        _ = count.wait(untilMonotonic: deadline) { $0 == 0 ? true : nil }
    }

    private static func of(_ owner: UnsafeMutableRawPointer) -> Visitors {
        Unmanaged<Visitors>.fromOpaque(owner).takeUnretainedValue()
    }
}

/// Calls `handler` with the object and `owner` whenever the signal comes. Corresponds to `g_signal_connect`.
func connectSignal(
    _ name: String, of object: UnsafeMutableRawPointer, to owner: UnsafeMutableRawPointer,
    _ handler: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void
) {
    g_signal_connect_data(object, name, unsafeBitCast(handler, to: GCallback.self), owner, nil, GConnectFlags(0))
}

/// The same for a signal that comes with another object.
func connectSignal(
    _ name: String, of object: UnsafeMutableRawPointer, to owner: UnsafeMutableRawPointer,
    _ handler: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void
) {
    g_signal_connect_data(object, name, unsafeBitCast(handler, to: GCallback.self), owner, nil, GConnectFlags(0))
}
