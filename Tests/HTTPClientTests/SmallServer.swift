import Glibc
import LinuxKit

/// A server of canned answers on the loopback, which says nothing of HTTP but what it is told to say.
final class SmallServer {
    let port: UInt16
    private let thread: Thread

    /// - Parameter answers: what each connection in turn is told once it has asked; each piece after a wait (ns).
    init(_ answers: [[(wait: Int64, text: String)]]) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, length)
                _ = listen(listener, 8)
                _ = getsockname(listener, $0, &length)
            }
            return UInt16(bigEndian: pointer.pointee.sin_port)
        }
        thread = try Thread.run(named: "server") {
            for answer in answers {
                let connection = accept(listener, nil, nil)
                var question = [UInt8](repeating: 0, count: 4096)
                _ = read(connection, &question, question.count)
                for (wait, text) in answer {
                    Clock.sleep(for: wait)
                    _ = text.withCString { write(connection, $0, strlen($0)) }
                }
                close(connection)
            }
            close(listener)
        }
    }

    func join() { thread.join() }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }
}
