import LabModel
import Spelling

/// An `expect:` line and where it was written.
typealias LocatedExpectation = Located<Expectation>

extension ValueKind where Value == LocatedExpectation {
    private static var shape: Shape {
        .form(
            name: "a line such as 'rtp.video.loss <= 1%'",
            pattern: "^[a-z0-9.-]+ *(<=|>=|==|<|>) *[-+0-9.]+ *[A-Za-z%]*$")
    }

    static let expectation = ValueKind(shape: shape) { item in
        guard let text = item.text(shape) else { return nil }
        guard let parts = ExpectationParts(text) else {
            item.error("'\(text)' is no expectation", hint: "write \(shape.description)")
            return nil
        }
        guard let metric = Metric.named(parts.metric) else {
            report(unknown: parts.metric, item)
            return nil
        }
        let table = UnitTable.table(for: metric.quantity)
        let reader = QuantityReader(table: table, lowest: -1e15, highest: 1e15)
        let limit = Item(
            node: item.node.replacing(text: parts.limit, after: parts.limitOffset), path: item.path,
            reading: item.reading, label: metric.name)
        return reader.read(limit).map { value in
            Located(
                value: Expectation(metric: metric.name, comparison: parts.comparison, limit: value, text: text),
                mark: item.node.mark)
        }
    }

    private static func report(unknown name: String, _ item: Item) {
        let names = Metric.catalogue.map(\.name)
        let family = names.filter { $0.hasPrefix(name.prefix { $0 != "." } + ".") }
        let hint =
            Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
            ?? "known: " + (family.isEmpty ? names : family).joined(separator: ", ")
        item.error("no metric is called '\(name)'", hint: hint)
    }
}

/// The three parts of an `expect:` line.
private struct ExpectationParts {
    let metric: String
    let comparison: Expectation.Comparison
    let limit: String
    /// Scalars before the limit.
    let limitOffset: Int

    init?(_ text: String) {
        guard let start = text.firstIndex(where: { "<>=".contains($0) }) else { return nil }
        let sign = text[start...].prefix { "<>=".contains($0) }
        guard let comparison = Expectation.Comparison(rawValue: String(sign)) else { return nil }
        let rest = text[sign.endIndex...].drop { $0 == " " }
        metric = text[..<start].trimmed
        limit = rest.trimmed
        guard !metric.isEmpty, !limit.isEmpty else { return nil }
        self.comparison = comparison
        limitOffset = text[..<rest.startIndex].unicodeScalars.count
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
