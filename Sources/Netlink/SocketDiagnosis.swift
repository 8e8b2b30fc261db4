internal import CNetlink
internal import Glibc
package import LabModel
package import LinuxKit
internal import Synchronization

/// A netlink socket that tells of the TCP sockets of the namespace that it was opened in (sock_diag(7)); it can be used
/// from any thread.
package final class SocketDiagnosis: Sendable {
    private let connection: Mutex<Connection>

    /// One TCP socket as the kernel reports it.
    package struct Reading: Hashable, Sendable {
        package var local: TCPEndpoint
        package var remote: TCPEndpoint
        package var congestionControl: String?
        package var information: TCPInformation
    }

    /// A socket in `namespace`. Requires CAP_SYS_ADMIN.
    package static func open(in namespace: NetworkNamespace) throws -> SocketDiagnosis {
        try namespace.inside { SocketDiagnosis(try Connection.make(NETLINK_SOCK_DIAG)) }
    }

    private init(_ connection: consuming sending Connection) {
        self.connection = Mutex(connection)
    }

    /// Every connection that is open at this end or still sends what was written before it was closed here. Throws where
    /// the kernel has no `tcp_diag`.
    package func connections() throws(NetlinkError) -> [Reading] {
        try connections(of: AF_INET) + connections(of: AF_INET6)
    }

    private func connections(of family: Int32) throws(NetlinkError) -> [Reading] {
        let message = Message(Int(SOCK_DIAG_BY_FAMILY), flags: NLM_F_REQUEST | NLM_F_DUMP)
        message.append(inet_diag_req_v2(family))
        let bytes = message.bytes
        switch connection.withLock({ $0.exchange(bytes) }) {
        case .success(let replies): return replies.compactMap(Reading.init)
        case .failure(let refusal):
            let reason = refusal.errno == .noSuchFile ? "kernel has no tcp_diag" : refusal.reason
            throw NetlinkError(operation: "list", object: "TCP sockets", errno: refusal.errno, reason: reason)
        }
    }
}

extension inet_diag_req_v2 {
    fileprivate init(_ family: Int32) {
        self.init()
        sdiag_family = UInt8(family)
        sdiag_protocol = UInt8(IPPROTO_TCP)
        let extensions = [INET_DIAG_INFO, INET_DIAG_CONG]
        idiag_ext = extensions.reduce(0) { $0 | 1 << UInt8($1 - 1) }
        // linux/tcp_states.h: established, both waits of a close from here, a close from there, and those of both.
        idiag_states = [1, 4, 5, 8, 9, 11].reduce(0) { $0 | 1 << $1 }
    }
}

extension SocketDiagnosis.Reading {
    /// What is past its close (TIME_WAIT) is no socket any more and has no `tcp_info`.
    fileprivate init?(_ reply: Reply) {
        guard let (header, attributes) = reply.parts(inet_diag_msg.self),
            let information = attributes.bytes(Int(INET_DIAG_INFO))
        else { return nil }
        let version6 = header.idiag_family == UInt8(AF_INET6)
        local = TCPEndpoint(
            address: IPAddress(header.id.idiag_src, version6: version6), port: UInt16(bigEndian: header.id.idiag_sport))
        remote = TCPEndpoint(
            address: IPAddress(header.id.idiag_dst, version6: version6), port: UInt16(bigEndian: header.id.idiag_dport))
        congestionControl = attributes.text(Int(INET_DIAG_CONG))
        self.information = TCPInformation(kernel: information)
    }
}

extension IPAddress {
    /// In the kernel's byte order. A socket of IPv6 that speaks IPv4 (`::ffff:192.0.2.1`) is one of IPv4.
    fileprivate init(_ words: (UInt32, UInt32, UInt32, UInt32), version6: Bool) {
        let host = [words.0, words.1, words.2, words.3].map { UInt64(UInt32(bigEndian: $0)) }
        if !version6 {
            self.init(version4: UInt32(host[0]))
        } else if host[0] == 0, host[1] == 0, host[2] == 0xffff {
            self.init(version4: UInt32(host[3]))
        } else {
            self.init(version6: host[0] << 32 | host[1], host[2] << 32 | host[3])
        }
    }
}
