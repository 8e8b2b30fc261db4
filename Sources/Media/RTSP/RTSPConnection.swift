internal import Glibc
internal import LinuxKit

/// A client's connection to an RTSP server (RFC 2326). What is to be written waits in memory, so that a link that does not
/// take it holds up what comes later and not the one who sends it.
final class RTSPConnection: Sendable {
    private struct State {
        var outgoing: [UInt8] = []
        var responses: [RTSPResponse] = []
        var requests = 0
        /// Why nothing can be said or heard any more.
        var end: String?
    }

    private let socket: StreamSocket
    private let name: String
    private let state = Condition(State())

    /// Connects from `bind` to an address, by a deadline of the monotonic clock (ns).
    ///
    /// - Parameter heard: takes each packet that comes between messages, with its channel.
    init(
        to host: String, port: UInt16, from bind: String, by deadline: Int64,
        heard: @escaping @Sendable (UInt8, [UInt8]) -> Void
    ) throws {
        name = URLText.rtsp(host: host, port: port, path: "")
        socket = try StreamSocket(bindingTo: bind, port: 0)
        try socket.connect(to: DatagramAddress(host, port: port))
        guard try socket.awaitWritable(untilMonotonic: deadline) else {
            throw MediaError("connect to", name, "no answer in time")
        }
        if let failure = socket.takeFailure() { throw MediaError("connect to", name, "\(failure)") }
        try socket.sendAtOnce()
        _ = try Thread.run(named: "rtsp-write") { [self] in writeAll() }
        _ = try Thread.run(named: "rtsp-read") { [self] in readAll(heard) }
    }

    /// Says something and waits for the answer, which may be a refusal; throws where none comes by the deadline.
    func ask(_ request: RTSPRequest, by deadline: Int64) throws(MediaError) -> RTSPResponse {
        let number = state.change { state in
            state.requests += 1
            state.outgoing += request.bytes(number: state.requests)
            return state.requests
        }
        let response = state.wait(untilMonotonic: deadline) { state -> RTSPResponse?? in
            if let found = state.responses.firstIndex(where: { $0.number == number }) {
                return .some(state.responses.remove(at: found))
            }
            return state.end == nil ? nil : .some(nil)
        }
        if let response = response ?? nil { return response }
        throw MediaError("ask for \(request.method) at", name, state.look(\.end) ?? "no answer in time")
    }

    /// Sends packets of a channel.
    func send(_ packets: ArraySlice<[UInt8]>, channel: UInt8) throws(Errno) {
        try state.change { (state) throws(Errno) in
            if state.end != nil { throw Errno(EPIPE) }
            for packet in packets {
                state.outgoing += [UInt8(ascii: "$"), channel] + UInt16(clamping: packet.count).bytes + packet
            }
        }
    }

    /// Why the connection has ended; nil where it stands.
    var end: String? { state.look(\.end) }

    private func writeAll() {
        while true {
            let next = state.wait { state -> [UInt8]? in
                guard state.end == nil else { return [] }
                defer { state.outgoing = [] }
                return state.outgoing.isEmpty ? nil : state.outgoing
            }
            guard let bytes = next, !bytes.isEmpty else { return }
            do throws(Errno) {
                try write(bytes)
            } catch {
                return close("\(error)")
            }
        }
    }

    private func write(_ bytes: [UInt8]) throws(Errno) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if let sent = try socket.send(Array(rest.prefix(1 << 16))) {
                rest = rest.dropFirst(sent)
            } else {
                _ = try socket.awaitWritable(untilMonotonic: .max)
            }
        }
    }

    private func readAll(_ heard: (UInt8, [UInt8]) -> Void) {
        var reader = RTSPReader()
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 14, alignment: 8)
        defer { room.deallocate() }
        do {
            while try socket.awaitReadable(untilMonotonic: .max) {
                guard let count = try socket.receive(into: room) else { continue }
                if count == 0 { return close("the server has ended the connection") }
                for item in try reader.add(room[..<count]) {
                    switch item {
                    case .response(let response): state.change { $0.responses.append(response) }
                    case .packet(let channel, let bytes): heard(channel, bytes)
                    }
                }
            }
        } catch is RTSPReader.Nonsense {
            close("what the server says is no RTSP")
        } catch {
            close("\(error)")
        }
    }

    private func close(_ reason: String) {
        state.change { $0.end = $0.end ?? reason }
    }
}

/// One stream in an RTSP connection.
final class InterleavedRoute: PacketRoute {
    private let connection: RTSPConnection
    private let channels: (media: UInt8, control: UInt8)

    init(_ connection: RTSPConnection, media: UInt8, control: UInt8) {
        self.connection = connection
        channels = (media, control)
    }

    func send(_ packets: ArraySlice<[UInt8]>) throws(Errno) -> Int {
        try connection.send(packets, channel: channels.media)
        return packets.count
    }

    func sendControl(_ packet: [UInt8]) throws(Errno) { try connection.send([packet], channel: channels.control) }
}
