internal import CLinux
internal import Glibc

extension Socket {
    /// What a TCP sender knows of its connection (`tcp_info`).
    package struct StreamFacts: Hashable, Sendable {
        /// Segments sent again, in all (`tcpi_total_retrans`).
        package let retransmissions: Int64
        /// Nanoseconds, smoothed (`tcpi_rtt`).
        package let roundTrip: Int64
        /// Bytes (`tcpi_snd_cwnd` times `tcpi_snd_mss`).
        package let congestionWindow: Int64
    }

    /// Takes connections. Corresponds to `listen`.
    package func listen() throws(Errno) {
        try retryingInterrupts { Glibc.listen(raw, 1) }
    }

    /// The next connection; EAGAIN where there is none yet. Corresponds to `accept4`.
    package func accept() throws(Errno) -> Socket {
        let accepted = try retryingInterrupts { Glibc.accept(raw, nil, nil) }
        let descriptor = FileDescriptor(owning: accepted)
        try retryingInterrupts { fcntl(accepted, F_SETFD, FD_CLOEXEC) }
        try descriptor.setNonBlocking(true)
        return Socket(owning: descriptor)
    }

    /// Writes what fits now; nil where nothing does. Corresponds to `send`.
    package func send(_ bytes: [UInt8]) throws(Errno) -> Int? {
        do throws(Errno) {
            return try retryingInterrupts {
                bytes.withUnsafeBytes { Glibc.send(self.raw, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            }
        } catch  where error == .tryAgain {
            return nil
        }
    }

    /// Reads what is there; nil where nothing is, 0 at the end of the stream. Corresponds to `recv`.
    package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int? {
        do throws(Errno) {
            return try descriptor.read(into: buffer)
        } catch  where error == .tryAgain {
            return nil
        }
    }

    /// Keeps no more than `bytes` that the network has not taken yet: what waits in the sender's own memory would only
    /// have to drain at the end. Corresponds to `TCP_NOTSENT_LOWAT`.
    package func limitUnsent(bytes: Int) throws(Errno) {
        try set(Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, Int32(clamping: bytes))
    }

    /// Makes closing drop what is unsent and reset the connection, so that nothing is sent after it. Corresponds to
    /// `SO_LINGER` with a time of 0.
    package func resetWhenClosed() throws(Errno) {
        var value = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        try retryingInterrupts { setsockopt(self.raw, SOL_SOCKET, SO_LINGER, &value, size) }
    }

    /// The state of the connection. Corresponds to `getsockopt(TCP_INFO)`.
    package func streamFacts() throws(Errno) -> StreamFacts {
        var facts = linux_tcp_facts()
        try retryingInterrupts { linux_tcp_facts(self.raw, &facts) }
        return StreamFacts(
            retransmissions: Int64(facts.retransmissions), roundTrip: Int64(facts.round_trip) * 1000,
            congestionWindow: Int64(facts.window) * Int64(facts.segment))
    }
}
