internal import CLinux
internal import Glibc

extension StreamSocket {
    /// A socket that listens on a numeric address, for whoever takes the connections himself. Corresponds to `socket`,
    /// `bind` and `listen`.
    package static func listener(on address: String, port: UInt16) throws(SystemCallError) -> FileDescriptor {
        let socket = try StreamSocket(bindingTo: address, port: port)
        return try SystemCallError.naming("listen on", "\(address) port \(port)") { () throws(Errno) in
            let listener = try socket.duplicate()
            let raw = listener.raw
            try retryingInterrupts { Glibc.listen(raw, SOMAXCONN) }
            return listener
        }
    }

    /// How many bytes written to a TCP socket the other end has acknowledged; nil where the kernel does not say
    /// (`tcpi_bytes_acked`).
    package static func acknowledged(_ raw: Int32) -> Int64? {
        let bytes = linux_tcp_acknowledged(raw)
        return bytes < 0 ? nil : bytes
    }
}
