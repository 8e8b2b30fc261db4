internal import CNetlink
internal import Glibc
package import LinuxKit
internal import Synchronization

/// A route netlink socket: it stays in the namespace it was opened in and can be used from any thread.
package final class NetlinkSocket: Sendable {
    private let connection: Mutex<Connection>

    /// A socket in `namespace`. Requires CAP_SYS_ADMIN; changes need CAP_NET_ADMIN.
    package static func open(in namespace: NetworkNamespace) throws -> NetlinkSocket {
        try namespace.inside { try open() }
    }

    /// A socket in the namespace of the calling thread.
    package static func open() throws(NetlinkError) -> NetlinkSocket {
        NetlinkSocket(try Connection.make())
    }

    private init(_ connection: consuming sending Connection) {
        self.connection = Mutex(connection)
    }

    /// Sends a request and waits for its acknowledgement. `operation` and `object` word the error.
    func perform(
        _ operation: String, _ object: String, _ message: borrowing Message
    ) throws(NetlinkError) {
        _ = try exchange(operation, object, message)
    }

    /// Sends a request and returns what the kernel answers, without the acknowledgement.
    func exchange(
        _ operation: String, _ object: String, _ message: borrowing Message
    ) throws(NetlinkError) -> [Reply] {
        let bytes = message.bytes
        let result = connection.withLock { $0.exchange(bytes) }
        switch result {
        case .success(let replies): return replies
        case .failure(let refusal):
            throw NetlinkError(
                operation: operation, object: object, errno: refusal.errno, reason: refusal.reason)
        }
    }
}

/// One message of an answer.
struct Reply: Sendable {
    /// `RTM_...`.
    var type: Int
    var payload: [UInt8]

    /// The fixed structure at the start and the attributes behind it; `nil` where the message is too short.
    func parts<Header: BitwiseCopyable>(_ type: Header.Type) -> (Header, Attributes)? {
        guard let header = payload.structure(Header.self) else { return nil }
        let aligned = (MemoryLayout<Header>.size + 3) & ~3
        return (header, Attributes(payload.dropFirst(aligned)))
    }
}
