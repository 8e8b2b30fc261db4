/// A request of RTSP (RFC 2326 section 6).
struct RTSPRequest {
    var method: String
    var address: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    /// - Parameter number: by which its response is known.
    func bytes(number: Int) -> [UInt8] {
        var text = "\(method) \(address) RTSP/1.0\r\nCSeq: \(number)\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        return Array("\(text)\r\n".utf8) + body
    }
}

/// A response of RTSP (RFC 2326 section 7).
struct RTSPResponse: Hashable, Sendable {
    let status: Int
    let reason: String
    private let headers: [String: String]

    /// Reads its header, without the empty line; nil where it is none, such as a request of the server's.
    init?(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline)
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("RTSP/"), let status = Int(words[1]) else { return nil }
        self.status = status
        reason = words.count > 2 ? String(words[2]) : ""
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                let field = line.split(separator: ":", maxSplits: 1)
                guard field.count == 2 else { return nil }
                return (field[0].lowercased(), String(field[1].drop { $0 == " " }))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The value of a header, whose name is written in lower case.
    func header(_ name: String) -> String? { headers[name] }

    /// Of the request that it answers.
    var number: Int? { header("cseq").flatMap { Int($0) } }

    /// To be named in all that follows (RFC 2326 section 12.37).
    var session: String? { header("session")?.split(separator: ";").first.map(String.init) }

    /// Two numbers of the transport that was agreed upon, such as `server_port=5000-5001` (RFC 2326 section 12.39).
    func transport(_ name: String) -> (UInt16, UInt16)? {
        let field = header("transport")?.split(separator: ";").first { $0.hasPrefix("\(name)=") }
        let numbers = field?.dropFirst(name.count + 1).split(separator: "-").compactMap { UInt16($0) } ?? []
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
}

/// Takes apart what a server says: its responses, and the packets between them (RFC 2326 section 10.12).
struct RTSPReader {
    enum Item: Hashable {
        case response(RTSPResponse)
        case packet(channel: UInt8, [UInt8])
    }

    /// What came is no RTSP.
    struct Nonsense: Error {}

    private var rest: [UInt8] = []
    private static let dollar = UInt8(ascii: "$")
    private static let emptyLine = Array("\r\n\r\n".utf8)
    private static let longestMessage = 1 << 16

    /// Takes the next bytes; what is whole by them.
    mutating func add(_ bytes: some Sequence<UInt8>) throws(Nonsense) -> [Item] {
        rest += bytes
        var items: [Item] = []
        while let item = try next() {
            if let item { items.append(item) }
        }
        return items
    }

    /// nil where nothing is whole; a message that is no response is nothing.
    private mutating func next() throws(Nonsense) -> Item?? {
        guard let first = rest.first else { return nil }
        guard first == Self.dollar else { return try message() }
        guard rest.count >= 4 else { return nil }
        let end = 4 + Int(rest[2]) << 8 + Int(rest[3])
        guard rest.count >= end else { return nil }
        defer { rest.removeFirst(end) }
        return .some(.packet(channel: rest[1], Array(rest[4..<end])))
    }

    private mutating func message() throws(Nonsense) -> Item?? {
        let ends = rest.indices.dropLast(Self.emptyLine.count - 1)
        guard let end = ends.first(where: { rest[$0...].starts(with: Self.emptyLine) }) else {
            if rest.count > Self.longestMessage { throw Nonsense() }
            return nil
        }
        let response = RTSPResponse(String(decoding: rest[..<end], as: UTF8.self))
        let length = response?.header("content-length").flatMap { Int($0) } ?? 0
        guard (0...Self.longestMessage).contains(length) else { throw Nonsense() }
        let whole = end + Self.emptyLine.count + length
        guard rest.count >= whole else { return nil }
        rest.removeFirst(whole)
        return .some(response.map(Item.response))
    }
}
