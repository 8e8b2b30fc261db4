/// The packets that one direction of an RTSP connection carries between its messages (RFC 2326 section 10.12).
struct InterleavedPackets {
    private var stream: ByteStream
    /// In order, and not a whole packet or message yet.
    private var rest: [UInt8] = []
    /// No message is longer; where one seems to be, the connection is no RTSP.
    private static let longestMessage = 1 << 16

    /// - Parameter first: the number of the first byte.
    init(startingAt first: UInt32) {
        stream = ByteStream(startingAt: first)
    }

    /// Whether bytes look like the beginning of a direction of an RTSP connection: a request's method, or a response.
    static func begin(with bytes: UnsafeRawBufferPointer) -> Bool {
        openings.contains { bytes.starts(with: $0) }
    }

    private static let openings = ["RTSP/1.", "OPTIONS ", "DESCRIBE ", "ANNOUNCE ", "SETUP ", "PLAY ", "RECORD "]
        .map { Array($0.utf8) }

    /// Takes a segment; the packets that are whole by it.
    mutating func add(_ bytes: UnsafeRawBufferPointer, at sequence: UInt32) -> [[UInt8]] {
        rest += stream.add(bytes, at: sequence)
        var packets: [[UInt8]] = []
        var start = 0
        while let end = endOfFirst(from: start) {
            if rest[start] == Self.dollar { packets.append(Array(rest[start + 4..<end])) }
            start = end
        }
        rest.removeFirst(start)
        if rest.count > Self.longestMessage + Int(UInt16.max) { rest = [] }
        return packets
    }

    private static let dollar = UInt8(ascii: "$")

    /// Where the packet or message that begins at `start` ends; nil where it is not all there.
    private func endOfFirst(from start: Int) -> Int? {
        guard start < rest.count else { return nil }
        let end: Int
        if rest[start] == Self.dollar {
            guard rest.count >= start + 4 else { return nil }
            end = start + 4 + Int(rest[start + 2]) << 8 + Int(rest[start + 3])
        } else {
            guard let body = endOfHeader(from: start) else { return nil }
            end = body + Self.contentLength(rest[start..<body])
        }
        return end <= rest.count ? end : nil
    }

    /// Behind the empty line that ends a message's header.
    private func endOfHeader(from start: Int) -> Int? {
        let line = Array("\r\n\r\n".utf8)
        guard rest.count - start >= line.count else { return nil }
        return (start...rest.count - line.count).first { rest[$0..<$0 + line.count].elementsEqual(line) }
            .map { $0 + line.count }
    }

    private static func contentLength(_ header: ArraySlice<UInt8>) -> Int {
        for line in String(decoding: header, as: UTF8.self).split(separator: "\r\n") {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, field[0].lowercased() == "content-length" else { continue }
            return Int(field[1].filter { $0 != " " }).map { min(max($0, 0), longestMessage) } ?? 0
        }
        return 0
    }
}

/// The RTSP connections of a capture, each direction by itself.
struct InterleavedFlows {
    private var flows: [FlowKey: InterleavedPackets] = [:]
    /// More connections at once than this are no media.
    private static let most = 1024

    /// Takes a TCP segment; the packets that are whole by it.
    mutating func add(_ segment: NetworkPacket) -> [[UInt8]] {
        guard !segment.payload.isEmpty, let header = segment.segment else { return [] }
        let number = header.isOpening ? header.sequence &+ 1 : header.sequence
        let key = FlowKey(segment, ssrc: 0)
        if flows[key] == nil {
            guard flows.count < Self.most, InterleavedPackets.begin(with: segment.payload) else { return [] }
            flows[key] = InterleavedPackets(startingAt: number)
        }
        return flows[key]?.add(segment.payload, at: number) ?? []
    }
}
