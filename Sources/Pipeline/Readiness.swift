internal import LabModel
internal import LinuxKit

/// What shows that a program can be used.
enum Readiness: Sendable, CustomStringConvertible {
    /// It needs no time.
    case started
    /// A socket is bound to its port: of this transport, or of any.
    case listens(Transport?, port: UInt16)
    /// A file has come into being.
    case wrote(file: String)
    /// It still runs at this moment of the monotonic clock (ns).
    case runs(at: Int64)

    enum Transport: String, Sendable {
        case tcp, udp
    }

    var description: String {
        switch self {
        case .started: "start"
        case .listens(let transport?, let port): "listen on \(transport.rawValue.uppercased()) port \(port)"
        case .listens(nil, let port): "listen on port \(port)"
        case .runs: "keep running until the stream begins"
        case .wrote(let file): "write \(file)"
        }
    }

    /// Whether it is so by now.
    func holds(in namespace: NetworkNamespace) throws -> Bool {
        switch self {
        case .started: true
        case .listens(let transport, let port):
            try namespace.inside {
                try (transport.map { [$0] } ?? [.tcp, .udp]).contains { transport in
                    try Self.tables(of: transport).contains { try Self.isBound(port, transport, in: File.readText($0)) }
                }
            }
        case .runs(let moment): Clock.monotonic() >= moment
        case .wrote(let file): File.exists(file)
        }
    }

    /// Looks for a listening TCP socket or any UDP socket in the text of a table. Source: proc_net_tcp.rst of the
    /// kernel: the second column is the local address and port in hexadecimal digits, the fourth the state.
    static func isBound(_ port: UInt16, _ transport: Transport, in table: String) -> Bool {
        table.split(separator: "\n").dropFirst().contains { line in
            let columns = line.split(separator: " ", maxSplits: 4)
            guard columns.count > 3, let colon = columns[1].lastIndex(of: ":") else { return false }
            let isListening = transport == .udp || columns[3] == "0A"
            return isListening && UInt16(columns[1][columns[1].index(after: colon)...], radix: 16) == port
        }
    }

    private static func tables(of transport: Transport) -> [String] {
        ["", "6"].map { "/proc/thread-self/net/\(transport.rawValue)\($0)" }
    }
}
