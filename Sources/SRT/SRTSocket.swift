internal import CSRT
internal import Glibc
package import LabModel
internal import LinuxKit

/// One end of a connection in the live mode of SRT (draft-sharabayko-srt-01), by libsrt.
package final class SRTSocket: Sendable {
    let handle: SRTSOCKET
    private let name: String

    init(owning handle: SRTSOCKET, name: String) {
        self.handle = handle
        self.name = name
    }

    deinit { srt_close(handle) }

    /// A socket that will call, bound to its own address. Corresponds to `srt_create_socket` and `srt_bind`.
    package static func caller(at local: SRTAddress, _ options: SRTOptions) throws(SRTError) -> SRTSocket {
        let socket = try make(options, at: local)
        if let streamID = options.streamID { try socket.set(SRTO_STREAMID, streamID, "the stream ID") }
        try socket.bind(local)
        return socket
    }

    /// A socket that meets another of its kind: both know each other's address, and neither listens.
    package static func rendezvous(at local: SRTAddress, _ options: SRTOptions) throws(SRTError) -> SRTSocket {
        let socket = try make(options, at: local)
        try socket.set(SRTO_RENDEZVOUS, true, "rendezvous")
        // libsrt waits ten times as long for these.
        try socket.set(SRTO_CONNTIMEO, Int32(clamping: Int(options.patience.milliseconds / 10)), "the timeout")
        try socket.bind(local)
        return socket
    }

    /// Waits for the connection, as long as its options say. Corresponds to `srt_connect`, which is not left to wait
    /// itself: its second request would leave only a second after the answer to the first.
    package func connect(to peer: SRTAddress) throws(SRTError) {
        let events = try SRTEvents()
        try waitToReceive(false)
        try events.watch(self, for: SRT_EPOLL_OUT)
        guard peer.lend({ srt_connect(handle, $0, $1) }) != SRT_ERROR,
            events.wait(untilMonotonic: Clock.monotonic() + Self.longestConnecting.nanoseconds),
            srt_getsockstate(handle) == SRTS_CONNECTED
        else { throw SRTError.last("connect to", peer.description, socket: handle) }
        try waitToReceive(true)
    }

    /// Hands over one message of up to 1316 bytes. Waits while libsrt's buffer is full. Corresponds to `srt_sendmsg2`.
    package func send(_ bytes: [UInt8]) throws(SRTError) {
        let status = bytes.withUnsafeBytes {
            srt_sendmsg2(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), nil)
        }
        guard status == SRT_ERROR else { return }
        throw isLost(srt_getlasterror(nil))
            ? SRTError("send by SRT from", name, "the connection is lost") : SRTError.last("send by SRT from", name)
    }

    /// What came next from the other side.
    package enum Arrival: Sendable, Equatable {
        case message([UInt8])
        /// Nothing came in time.
        case silence
        /// The other side has closed the connection, or nothing was heard of it for five seconds.
        case end
    }

    /// Waits for a message, up to `patience`. Corresponds to `srt_recvmsg2`.
    package func receive(patience: TimeSpan) throws(SRTError) -> Arrival {
        let milliseconds = Int32(clamping: Int(max(patience, .zero).milliseconds.rounded(.up)))
        guard (try? set(SRTO_RCVTIMEO, milliseconds, "the timeout")) != nil else { return .end }
        var room = [UInt8](repeating: 0, count: Self.largestMessage)
        let count = room.withUnsafeMutableBytes {
            srt_recvmsg2(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), nil)
        }
        if count > 0 { return .message(Array(room.prefix(Int(count)))) }
        let code = srt_getlasterror(nil)
        if isLost(code) { return .end }
        if code == SRT_EASYNCRCV.rawValue || code == SRT_ETIMEOUT.rawValue { return .silence }
        throw SRTError.last("receive by SRT at", name)
    }

    private func isLost(_ code: Int32) -> Bool {
        [SRT_ECONNLOST, SRT_ENOCONN, SRT_EINVSOCK].contains { $0.rawValue == code }
    }

    /// Packets that the other side has not acknowledged; nil where the connection is gone.
    package var unacknowledged: Int? {
        var count: Int32 = 0
        var size = Int32(MemoryLayout<Int32>.size)
        guard srt_getsockstate(handle) == SRTS_CONNECTED,
            srt_getsockflag(handle, SRTO_SNDDATA, &count, &size) != SRT_ERROR
        else { return nil }
        return Int(count)
    }

    /// Tells the other side that this one leaves. Corresponds to `srt_close`.
    package func close() { srt_close(handle) }

    /// What libsrt counts; nil where the connection is gone. Corresponds to `srt_bstats`.
    ///
    /// - Parameter time: now.
    package func statistics(at time: Timestamp) -> SRTSample? {
        var counters = SRT_TRACEBSTATS()
        guard srt_bstats(handle, &counters, 0) != SRT_ERROR else { return nil }
        return SRTSample(counters, at: time)
    }

    static func make(_ options: SRTOptions, at local: SRTAddress) throws(SRTError) -> SRTSocket {
        _ = library
        let raw = srt_create_socket()
        guard raw != SRT_INVALID_SOCK else { throw SRTError.last("make", "an SRT socket") }
        let socket = SRTSocket(owning: raw, name: local.description)
        try socket.set(SRTO_LATENCY, Int32(clamping: Int(options.latency.milliseconds.rounded())), "the latency")
        try socket.set(SRTO_CONNTIMEO, Int32(clamping: Int(options.patience.milliseconds)), "the timeout")
        if let passphrase = options.passphrase { try socket.set(SRTO_PASSPHRASE, passphrase, "the passphrase") }
        // Its owner waits until all has arrived, which is later than when all is acknowledged.
        try socket.set(SRTO_LINGER, linger(l_onoff: 0, l_linger: 0), "the linger")
        return socket
    }

    func bind(_ local: SRTAddress) throws(SRTError) {
        if local.description.contains(":") { try set(SRTO_IPV6ONLY, Int32(1), "IPv6") }
        guard local.lend({ srt_bind(handle, $0, $1) }) != SRT_ERROR else {
            throw SRTError.last("bind to", local.description)
        }
    }

    /// Whether receiving and accepting wait, or come back at once with nothing.
    func waitToReceive(_ waits: Bool) throws(SRTError) { try set(SRTO_RCVSYN, waits, "the way to wait") }

    private static let largestMessage = 1500
    /// Longer than any socket's own patience.
    private static let longestConnecting = TimeSpan.seconds(120)

    private static let library: Void = {
        srt_startup()
        // What matters comes back as an error.
        srt_setloglevel(LOG_CRIT)
    }()

    private func set(_ option: SRT_SOCKOPT, _ value: some BitwiseCopyable, _ what: String) throws(SRTError) {
        let status = withUnsafeBytes(of: value) { srt_setsockflag(handle, option, $0.baseAddress, Int32($0.count)) }
        guard status != SRT_ERROR else { throw SRTError.last("set \(what) of", "an SRT socket") }
    }

    private func set(_ option: SRT_SOCKOPT, _ text: String, _ what: String) throws(SRTError) {
        let bytes = Array(text.utf8)
        guard srt_setsockflag(handle, option, bytes, Int32(bytes.count)) != SRT_ERROR else {
            throw SRTError.last("set \(what) of", "an SRT socket")
        }
    }
}
