internal import CNetlink

/// The owner of one request under construction (libnl's `nl_msg`). The largest holds two tables of netem's, and each has
/// room for them, so running out of room is a mistake of ours and ends the program.
struct Message: ~Copyable {
    private let raw: OpaquePointer

    private static let room = 2 * 16384 * MemoryLayout<Int16>.size + 4096

    /// An empty request of `type` (`RTM_...`) with `flags` (`NLM_F_...`).
    init(_ type: Int, flags: Int32) {
        guard let raw = nlmsg_alloc_size(Self.room) else { fatalError("out of memory for a message") }
        self.raw = raw
        // libnl fills in the port and the sequence number when it sends.
        Self.check(nlmsg_put(raw, 0, 0, Int32(type), 0, flags) == nil ? -1 : 0)
    }

    /// The request that `bytes` are, header first: what another thread built. Corresponds to `nlmsg_convert`.
    init(copying bytes: [UInt8]) {
        let copy = bytes.withUnsafeBytes { buffer in
            nlmsg_convert(UnsafeMutableRawPointer(mutating: buffer.baseAddress)?.assumingMemoryBound(to: nlmsghdr.self))
        }
        guard let copy else { fatalError("out of memory for a message") }
        raw = copy
    }

    deinit {
        nlmsg_free(raw)
    }

    /// Appends a fixed structure, such as `tcmsg`, aligned to 4 bytes. Corresponds to `nlmsg_append`.
    borrowing func append<Value: BitwiseCopyable>(_ value: Value) {
        var value = value
        Self.check(nlmsg_append(raw, &value, MemoryLayout<Value>.size, Int32(NLMSG_ALIGNTO)))
    }

    /// Appends an attribute. Corresponds to `nla_put`.
    borrowing func put<Value: BitwiseCopyable>(_ attribute: Int, _ value: Value) {
        withUnsafeBytes(of: value) { bytes in
            Self.check(nla_put(raw, Int32(attribute), Int32(bytes.count), bytes.baseAddress))
        }
    }

    /// Appends an attribute of raw bytes. Corresponds to `nla_put`.
    borrowing func put(_ attribute: Int, bytes: [UInt8]) {
        Self.check(nla_put(raw, Int32(attribute), Int32(bytes.count), bytes))
    }

    /// Appends an attribute of 16-bit numbers. Corresponds to `nla_put`.
    borrowing func put(_ attribute: Int, words: [Int16]) {
        words.withUnsafeBytes { bytes in
            Self.check(nla_put(raw, Int32(attribute), Int32(bytes.count), bytes.baseAddress))
        }
    }

    /// Appends a text with its closing zero. Corresponds to `nla_put_string`.
    borrowing func put(_ attribute: Int, text: String) {
        Self.check(nla_put_string(raw, Int32(attribute), text))
    }

    /// Appends an attribute that holds what `body` appends. Corresponds to `nla_nest_start`.
    borrowing func nest(_ attribute: Int, _ body: (borrowing Message) -> Void) {
        guard let start = nla_nest_start(raw, Int32(attribute)) else { fatalError("no room in a message") }
        body(self)
        Self.check(nla_nest_end(raw, start))
    }

    /// Sends it with the next sequence number of `socket` and returns that. Corresponds to `nl_send_auto`.
    borrowing func send(over socket: OpaquePointer) -> UInt32? {
        guard nl_send_auto(socket, raw) >= 0 else { return nil }
        return nlmsg_hdr(raw).pointee.nlmsg_seq
    }

    /// All its bytes, header first, as they would be sent.
    var bytes: [UInt8] {
        guard let header = nlmsg_hdr(raw) else { return [] }
        return Array(UnsafeRawBufferPointer(start: header, count: Int(header.pointee.nlmsg_len)))
    }

    private static func check(_ code: Int32) {
        precondition(code >= 0, "no room in a message")
    }
}
