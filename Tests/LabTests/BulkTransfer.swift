import Glibc
import LinuxKit
import Synchronization

@testable import Lab

/// As much as TCP gets through, from the sender to the receiver.
final class BulkTransfer: Sendable {
    private let listener: FileDescriptor
    private let received = Atomic<Int>(0)
    private let ends = Atomic<Bool>(false)

    private init(listener: consuming FileDescriptor) {
        self.listener = listener
    }

    static func start(through lab: Lab) throws -> BulkTransfer {
        let transfer = BulkTransfer(
            listener: try lab.receiver.namespace.inside { () throws -> FileDescriptor in
                let raw = try socket()
                var address = loose(lab.receiver.address)
                try retryingInterrupts { withPointer(&address) { bind(raw.raw, $0, $1) } }
                try retryingInterrupts { listen(raw.raw, 1) }
                return raw
            })
        let outgoing = try lab.sender.namespace.inside { try socket() }
        var address = loose(lab.receiver.address)
        try retryingInterrupts { withPointer(&address) { connect(outgoing.raw, $0, $1) } }
        let raw = outgoing.release()
        _ = try Thread.run(named: "bulk-send") { transfer.send(FileDescriptor(owning: raw)) }
        _ = try Thread.run(named: "bulk-receive") { transfer.receive() }
        return transfer
    }

    /// Bytes received so far; ends both threads.
    func stop() throws -> Int {
        ends.store(true, ordering: .relaxed)
        return received.load(ordering: .relaxed)
    }

    private func send(_ socket: consuming FileDescriptor) {
        let bytes = [UInt8](repeating: 0, count: 65536)
        while !ends.load(ordering: .relaxed), (try? socket.writeAll(bytes)) != nil {}
    }

    private func receive() {
        let raw = accept(listener.raw, nil, nil)
        guard raw >= 0 else { return }
        let socket = FileDescriptor(owning: raw)
        while let bytes = try? socket.read(upTo: 65536), !bytes.isEmpty {
            received.add(bytes.count, ordering: .relaxed)
        }
    }

    private static func socket() throws -> FileDescriptor {
        FileDescriptor(owning: try retryingInterrupts { Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) })
    }

    private static func loose(_ text: String) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = UInt16(AF_INET)
        address.sin_port = UInt16(7001).bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        return address
    }

    private static func withPointer(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}
