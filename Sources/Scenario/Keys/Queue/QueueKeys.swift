import LabModel
import YAML

/// The disciplines of `queue:`, under the kernel's names.
enum QueueKeys {
    static let pfifo = Key("pfifo", .pfifo, "First in, first out, with a limit in packets.")
    static let bfifo = Key("bfifo", .bfifo, "First in, first out, with a limit in time or size.")
    static let codel = Key("codel", .codel, "Acts once the wait was too long for an interval (RFC 8289).")
    static let fqCodel = Key("fq_codel", .fqCodel, "Flows take turns, each with a codel of its own (RFC 8290).")
    static let pie = Key("pie", .pie, "Acts with a probability that steers the wait (RFC 8033).")
    static let fqPie = Key("fq_pie", .fqPie, "Flows take turns, each with a pie of its own.")
    static let red = Key("red", .red, "Acts with a probability that grows with the average queue.")
    static let cake = Key("cake", .cake, "Shaper, fair queueing and AQM in one; takes the direction's rate.")

    static let all = [pfifo, bfifo, codel, fqCodel, pie, fqPie, red, cake]
    static let shape = MappingShape(
        all,
        notes: ["fq-codel": .called("fq_codel"), "fq-pie": .called("fq_pie"), "sfq": .later, "dualpi2": .later])

    /// Those that need no parameter, and so can stand as a word.
    static let words = [codel, fqCodel, pie, fqPie, red, cake]
}

extension ValueKind where Value == QueueDraft {
    /// A limit alone, a discipline's name alone, or a discipline with its parameters.
    static let queue = ValueKind(
        shape: .either([limit.shape, .words(QueueKeys.words.map(\.name)), .mapping(QueueKeys.shape)])
    ) { item in
        if item.node.entries != nil { return discipline(item) }
        if let text = item.node.scalar?.text, let key = QueueKeys.words.first(where: { $0.name == text }) {
            return key.kind.read(item.empty(key.name))
        }
        return limit.read(item).map { limit in QueueDraft { _ in .fifo(limit) } }
    }

    private static let limit = ValueKind<QueueLimit>.queueLimit

    private static func discipline(_ item: Item) -> QueueDraft? {
        guard let fields = Fields(item, QueueKeys.shape) else { return nil }
        let drafts = QueueKeys.all.filter { item.node[$0.name] != nil }.map { (key: $0, draft: fields($0)) }
        if drafts.count > 1 {
            item.error("queue has \(drafts.count) disciplines", hint: "write one of them")
        } else if item.node.entries?.isEmpty == true {
            item.error("queue has no discipline", hint: "it takes \(Shape.mapping(QueueKeys.shape).description)")
        }
        return drafts.first?.draft
    }
}

extension Item {
    /// A mapping without entries at the same place.
    fileprivate func empty(_ step: String) -> Item {
        child(Node(mark: node.mark, content: .mapping([])), step)
    }
}
