internal import Glibc
internal import LabModel
internal import LinuxKit

/// What nginx's RTMP module says of itself (`rtmp_stat all`, an XML page).
struct NginxStatus {
    static let path = "/stat"

    /// Of all RTMP connections since the start.
    let received: ByteCount
    let sent: ByteCount
    /// Those that play the stream.
    let players: Int
    /// Messages that were not passed on to players, because too many waited already.
    let dropped: Int64

    /// Asks the server at `address` in `namespace`; nil where it does not answer within a second.
    static func read(from address: String, in namespace: NetworkNamespace) -> NginxStatus? {
        let deadline = Clock.monotonic() + 1_000_000_000
        let socket = try? namespace.inside { () throws -> StreamSocket in
            let socket = try StreamSocket(bindingTo: address, port: 0)
            try socket.connect(to: DatagramAddress(address, port: RTMPService.httpPort))
            return socket
        }
        guard let socket, (try? socket.awaitWritable(untilMonotonic: deadline)) == true, socket.takeFailure() == nil,
            (try? socket.send(Array("GET \(path) HTTP/1.0\r\n\r\n".utf8))) ?? nil != nil
        else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while (try? socket.awaitReadable(untilMonotonic: deadline)) == true {
            guard let count = try? buffer.withUnsafeMutableBytes({ try socket.receive(into: $0) }) else { continue }
            if count == 0 { return NginxStatus(page: String(decoding: answer, as: UTF8.self)) }
            answer += buffer[..<count]
        }
        return nil
    }

    /// nil where the text is no status page.
    init?(page: String) {
        guard let received = Self.values("bytes_in", in: page).first.flatMap({ Int64($0) }),
            let sent = Self.values("bytes_out", in: page).first.flatMap({ Int64($0) })
        else { return nil }
        (self.received, self.sent) = (ByteCount(received), ByteCount(sent))
        let clients = Self.values("client", in: page).filter { !$0.contains("<publishing/>") }
        players = clients.count
        dropped = clients.reduce(0) { $0 + (Self.values("dropped", in: $1).first.flatMap { Int64($0) } ?? 0) }
    }

    /// What stands between each pair of a tag; those that this page nests have different names.
    private static func values(_ tag: String, in text: some StringProtocol) -> [Substring] {
        var values: [Substring] = []
        var rest = Substring(text)
        while let open = rest.firstRange(of: "<\(tag)>"),
            let close = rest[open.upperBound...].firstRange(of: "</\(tag)>")
        {
            values.append(rest[open.upperBound..<close.lowerBound])
            rest = rest[close.upperBound...]
        }
        return values
    }
}
