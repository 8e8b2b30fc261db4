package import LabModel
import YAML

/// Reads an impairment that is written as options of a command line, in the words of a scenario.
package final class OptionReader {
    /// An option as it was given.
    package struct Word: Sendable {
        /// Without its dashes.
        let option: String
        let text: String

        package init(_ option: String, _ text: String) {
            self.option = option
            self.text = text
        }
    }

    private let reading = Reading()

    package init() {}

    /// One impairment for each of `directions`: a rate, or a mapping as a scenario has it for a direction, laid over
    /// the settings of `shared`, whose options are called as the keys are.
    package func impairments(_ directions: [Word?], over shared: [Word]) -> [Impairment?] {
        let base = shared.isEmpty ? nil : draft(mapping(shared), named: "the options")
        return directions.map { word in
            let own = word.flatMap { draft(direction($0), named: $0.option) }
            guard word != nil, let draft = base?.overlaid(by: own) ?? own else { return nil }
            check(draft)
            return draft.total
        }
    }

    /// The same for both directions where none is named.
    package func impairment(of shared: [Word]) -> Impairment? {
        guard let draft = draft(mapping(shared), named: "the options") else { return nil }
        check(draft)
        return draft.total
    }

    /// An interface has one hop, where the lab has the path's own to tell packets apart at.
    private func check(_ draft: ImpairmentDraft) {
        draft.check(reading)
        for mark in [draft.match?.mark, draft.drop?.mark].compactMap(\.self) {
            reading.error(
                "packets are told apart in a lab only", at: mark, hint: "leave it out: it shapes all that passes")
        }
    }

    /// How long something is to last, from a second to a year.
    package func duration(_ word: Word) -> TimeSpan? {
        let table = UnitTable(
            name: "time", units: [("s", 1), ("min", 60), ("h", 3600), ("d", 86400)], example: "10m",
            spellings: ["m": "min", "sec": "s"])
        let reader = QuantityReader(table: table, lowest: 1, highest: 31_536_000)
        return reader.read(item(node(word), named: word.option)).map { TimeSpan(seconds: $0) }
    }

    /// What is doubtful; throws where something was wrong. `title` is what the message calls it all.
    package func finish(as title: String) throws(ScenarioError) -> [Diagnostic] {
        if reading.hasErrors { throw .invalid(path: title, reading.sorted) }
        return reading.sorted
    }

    private func draft(_ node: Node, named name: String) -> ImpairmentDraft? {
        ValueKind<ImpairmentDraft>.impairment.read(item(node, named: name))
    }

    private func direction(_ word: Word) -> Node {
        let node = node(word)
        if node.entries != nil { return node }
        return Node(mark: node.mark, content: .mapping([entry(ImpairmentKeys.rate.name, node)]))
    }

    private func mapping(_ words: [Word]) -> Node {
        let entries = words.map { entry($0.option, node($0)) }
        let start = Mark(source: SourceText([], origin: .option(name: "")), line: 1, scalarsBefore: 0)
        return Node(mark: entries.first?.value.mark ?? start, content: .mapping(entries))
    }

    private func entry(_ key: String, _ value: Node) -> Node.Entry {
        Node.Entry(key: key, keyMark: value.mark, value: value)
    }

    private func node(_ word: Word) -> Node {
        let source = SourceText(Array(word.text.utf8), origin: .option(name: word.option))
        let document = Document.read(source)
        for mistake in document.mistakes { reading.error(mistake.message, at: mistake.mark, hint: mistake.hint) }
        let start = Mark(source: source, line: 1, scalarsBefore: 0)
        return document.root ?? Node(mark: start, content: .scalar(.init(text: "", isPlain: true)))
    }

    private func item(_ node: Node, named name: String) -> Item {
        Item(node: node, path: name, reading: reading, label: "--\(name)")
    }
}
