internal import LabModel

/// What the origin wrote down, held against what its client did.
struct OriginAnalysis {
    private let answers: [OriginRequest]
    private let hasClient: Bool
    /// Requests that both ends have.
    private let pairs: [(asked: HTTPRequest, answered: OriginRequest)]
    private let unanswered: Int

    /// - Parameter requests: of netlab's client; empty where the client is another's.
    init(_ answers: [OriginRequest], _ requests: [HTTPRequest]) {
        self.answers = answers.sorted { $0.time < $1.time }
        hasClient = !requests.isEmpty
        // A client has one request of a resource under way at a time: the first of one end is the first of the other.
        var rest = Dictionary(grouping: self.answers.reversed(), by: \.target)
        var pairs: [(HTTPRequest, OriginRequest)] = []
        for request in requests.sorted(by: { $0.start < $1.start }) {
            if let answer = rest[request.path]?.popLast() { pairs.append((request, answer)) }
        }
        self.pairs = pairs
        unanswered = requests.count - pairs.count
    }

    /// `nil` where the origin wrote nothing down.
    ///
    /// - Parameter captured: TCP's payload from the origin.
    func report(captured: ByteCount?) -> HTTPOriginReport? {
        guard !answers.isEmpty else { return nil }
        let slowest = pairs.sorted { $0.asked.total > $1.asked.total }.prefix(Self.longestList)
        return HTTPOriginReport(
            requests: HTTPRequest.Kind.allCases.compactMap(kind), captured: captured,
            unanswered: hasClient ? Int64(unanswered) : nil, slowest: slowest.map(Self.exchange))
    }

    private static let longestList = 20

    private func kind(_ kind: HTTPRequest.Kind) -> HTTPOriginKindReport? {
        let own = answers.filter { $0.kind == kind }
        guard !own.isEmpty else { return nil }
        let sizes = own.compactMap(\.bytes?.bytes)
        let good = own.filter { $0.whole && (200..<300).contains($0.status) }
        return HTTPOriginKindReport(
            kind: kind, count: Int64(own.count), refused: Int64(own.count { !(200..<300).contains($0.status) }),
            broken: Int64(own.count { !$0.whole }), body: ByteCount(own.reduce(0) { $0 + $1.body.bytes }),
            bytes: sizes.count == own.count ? ByteCount(sizes.reduce(0, +)) : nil,
            arrival: Distribution(
                of: pairs.filter { $0.answered.kind == kind }.map { max($0.answered.time - $0.asked.start, .zero) }),
            hold: Distribution(of: good.compactMap { answer in answer.firstByte.map { $0 - answer.time } }),
            sending: Distribution(of: good.map { $0.end - ($0.firstByte ?? $0.time) }))
    }

    private static func exchange(_ asked: HTTPRequest, _ answered: OriginRequest) -> HTTPExchange {
        HTTPExchange(
            path: asked.path, start: asked.start, arrived: answered.time - asked.start,
            answered: answered.firstByte.map { $0 - asked.start }, handed: answered.end - asked.start,
            firstByte: asked.firstByte, total: asked.total, sent: answered.body, received: asked.body)
    }
}
