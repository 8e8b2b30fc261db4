internal import CNetlink
internal import Glibc
internal import LinuxKit

/// The owner of one of libnl's sockets.
struct Connection: ~Copyable {
    /// Why the kernel said no.
    struct Refusal: Error {
        var errno: Errno
        var reason: String?
    }

    private let raw: OpaquePointer

    private init(owning raw: OpaquePointer) {
        self.raw = raw
    }

    deinit {
        nl_socket_free(raw)
    }

    /// A connected socket in the namespace of the calling thread. Corresponds to `nl_connect`.
    ///
    /// - Parameter family: of netlink, such as `NETLINK_ROUTE`.
    static func make(_ family: Int32 = NETLINK_ROUTE) throws(NetlinkError) -> Connection {
        guard let raw = nl_socket_alloc() else { fatalError("out of memory for a socket") }
        let connection = Connection(owning: raw)
        guard nl_connect(raw, family) >= 0 else {
            throw NetlinkError(operation: "open", object: "a netlink socket", errno: Errno.last)
        }
        // A kernel that cannot give reasons (before 4.12) refuses this, and its error numbers must do.
        _ = cnetlink_ask_for_reasons(raw)
        return connection
    }

    /// Sends a request, header and all, and collects its answer up to the acknowledgement or the end of the dump.
    borrowing func exchange(_ request: [UInt8]) -> Result<[Reply], Refusal> {
        guard let sequence = Message(copying: request).send(over: raw) else {
            return .failure(Refusal(errno: Errno.last))
        }
        var replies: [Reply] = []
        while true {
            var address = sockaddr_nl()
            var buffer: UnsafeMutablePointer<UInt8>?
            let count = nl_recv(raw, &address, &buffer, nil)
            defer { free(buffer) }
            guard count > 0, let buffer else { return .failure(Refusal(errno: Errno.last)) }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: Int(count))
            if let end = Self.read(bytes, sequence: sequence, into: &replies) { return end.map { replies } }
        }
    }

    /// Takes the messages of one datagram; returns how the answer ended, or `nil` where more is to come.
    private static func read(
        _ bytes: UnsafeRawBufferPointer, sequence: UInt32, into replies: inout [Reply]
    ) -> Result<Void, Refusal>? {
        var rest = Int32(bytes.count)
        var next = UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.assumingMemoryBound(to: nlmsghdr.self)
        while let header = next, nlmsg_ok(header, rest) != 0 {
            defer { next = nlmsg_next(header, &rest) }
            // An answer to a request that failed half-way before.
            guard header.pointee.nlmsg_seq == sequence else { continue }
            let payload = Array(UnsafeRawBufferPointer(start: nlmsg_data(header), count: Int(nlmsg_datalen(header))))
            switch Int32(header.pointee.nlmsg_type) {
            case NLMSG_DONE: return .success(())
            case NLMSG_ERROR: return outcome(payload, flags: Int32(header.pointee.nlmsg_flags))
            default: replies.append(Reply(type: Int(header.pointee.nlmsg_type), payload: payload))
            }
        }
        return nil
    }

    /// Reads an acknowledgement: `nlmsgerr` and, where the kernel gives reasons, its attributes.
    private static func outcome(_ payload: [UInt8], flags: Int32) -> Result<Void, Refusal> {
        guard let error = payload.structure(nlmsgerr.self) else { return .failure(Refusal(errno: .inputOutput)) }
        if error.error == 0 { return .success(()) }
        let capped = flags & NLM_F_CAPPED != 0
        let echoed = capped ? MemoryLayout<nlmsghdr>.size : Int(error.msg.nlmsg_len)
        let attributes = Attributes(payload.dropFirst(MemoryLayout<Int32>.size + (echoed + 3) & ~3))
        return .failure(
            Refusal(errno: Errno(-error.error), reason: attributes.text(Int(NLMSGERR_ATTR_MSG.rawValue))))
    }
}
