internal import CMicroHTTPD
internal import Glibc
internal import HTTPStream
internal import LabModel
internal import LinuxKit

/// One request and its answer. Only the thread of its connection touches it.
final class Exchange {
    let request: SiteRequest
    /// Whether its headers were seen: libmicrohttpd asks for the answer once more when it wants it.
    var isKnown = false
    private(set) var resource: Site.Resource?
    private let target: String
    private let time = Timestamp(nanoseconds: Clock.realtime())
    private let port: UInt16
    private let writtenBefore: Int64?
    private var status = 0
    private var firstByte: Timestamp?
    private var piece = 0
    private var offset = 0
    private var body: Int64 = 0

    init(target: String, connection: OpaquePointer) {
        self.target = target
        request = SiteRequest(target: target)
        port = cmicrohttpd_peer_port(connection)
        writtenBefore = Self.written(on: connection)
    }

    func answered(_ status: Int, with resource: Site.Resource? = nil) {
        self.status = status
        self.resource = resource
    }

    /// Puts the next bytes of the body into `buffer`, once they are there; nil at its end.
    ///
    /// - Parameter arrival: returns when a moment since the stream's start has come; false where the server closes before.
    func read(into buffer: UnsafeMutableRawBufferPointer, arrival: (TimeSpan) -> Bool) -> BodyRead {
        guard let resource, piece < resource.pieces.count else { return .end }
        let current = resource.pieces[piece]
        if offset == 0, !arrival(current.available) { return .broken }
        firstByte = firstByte ?? Timestamp(nanoseconds: Clock.realtime())
        let count = min(buffer.count, current.bytes.count - offset)
        current.bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]))
        }
        offset += count
        body += Int64(count)
        if offset == current.bytes.count { (piece, offset) = (piece + 1, 0) }
        return .bytes(count)
    }

    /// What to write down of it when it is over.
    func record(_ connection: OpaquePointer, whole: Bool) -> OriginRequest {
        let size = cmicrohttpd_request_size(connection)
        let written = Self.written(on: connection).flatMap { now in writtenBefore.map { now - $0 } }
        return OriginRequest(
            time: time, target: target, status: status, rendition: resource?.rendition, segment: resource?.segment,
            part: resource?.part, firstByte: firstByte, end: Timestamp(nanoseconds: Clock.realtime()),
            body: ByteCount(body), bytes: written.map { ByteCount($0) },
            request: size > 0 ? ByteCount(Int64(size)) : nil, port: port, whole: whole)
    }

    /// How many bytes the kernel has taken on a connection: those acknowledged, and those that are not yet.
    private static func written(on connection: OpaquePointer) -> Int64? {
        let socket = cmicrohttpd_socket(connection)
        let waiting = cmicrohttpd_unacknowledged(socket)
        guard waiting >= 0 else { return nil }
        return StreamSocket.acknowledged(socket).map { $0 + Int64(waiting) }
    }
}

/// What came of reading a body.
enum BodyRead {
    case bytes(Int)
    case end
    case broken
}
