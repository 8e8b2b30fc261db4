import LabModel
import Spelling
import YAML

/// One key of a matrix, and what it may be.
struct MatrixAxis {
    struct Choice {
        /// As the report calls it: the value itself, or the name that it was given.
        let name: String
        let value: Node
    }

    /// The key whose values are pieces of a scenario instead of those of one setting.
    static let condition = "condition"

    let path: SettingPath
    /// Whether the choices have names, and are laid over what the scenario says.
    let isNamed: Bool
    private(set) var choices: [Choice]

    var mark: Mark { path.start }

    private var isCondition: Bool { path.text == Self.condition }

    /// Reports what is wrong with it and gives `nil`.
    init?(_ entry: Node.Entry, _ reading: Reading) {
        path = SettingPath(entry.key, at: entry.keyMark)
        guard !Self.unswept.contains(path.steps[0].name) else {
            reading.error("'\(entry.key)' cannot be swept", at: entry.keyMark)
            return nil
        }
        let isCondition = entry.key == Self.condition
        if let named = entry.value.entries, !named.isEmpty {
            isNamed = true
            choices = named.map { Choice(name: $0.key, value: $0.value) }
            if isCondition, named.map({ Self.isPiece($0, reading) }).contains(false) { return nil }
        } else if let values = entry.value.elements, !values.isEmpty, !isCondition {
            isNamed = false
            choices = values.map { Choice(name: $0.flowText, value: $0) }
        } else {
            let (problem, hint) = isCondition ? Self.needsNames : Self.needsValues
            reading.error("'\(entry.key)' needs \(problem)", at: entry.value.mark, hint: "such as \(hint)")
            return nil
        }
    }

    private static let needsNames = (
        "names, each with settings", "{clean: {}, lossy: {link: {downlink: {loss: 5%}}}}"
    )
    private static let needsValues = (
        "a list of values", "[2mbit, 5mbit], or {slow: 2mbit, fast: 5mbit} to name them"
    )

    private static let unswept: Set = ["matrix", "extends", "name", "repeat"]

    /// Whether a condition is something that can be laid over a scenario; reports where it is not.
    private static func isPiece(_ choice: Node.Entry, _ reading: Reading) -> Bool {
        if choice.value.isNull { return true }
        guard let settings = choice.value.entries else {
            reading.error(
                "condition '\(choice.key)' must be a mapping of settings, not \(choice.value.kindName)",
                at: choice.value.mark, hint: "such as {link: {downlink: {loss: 5%}}}")
            return false
        }
        let wrong = settings.filter { unswept.contains($0.key) }
        for setting in wrong { reading.error("a condition cannot have '\(setting.key)'", at: setting.keyMark) }
        return wrong.isEmpty
    }

    /// Keeps the named choices that a command line's value names; false where it names none and so is a value itself.
    mutating func choose(_ value: Node, _ reading: Reading) -> Bool {
        let words = value.elements ?? [value]
        let names = words.compactMap(\.scalar?.text)
        guard isNamed, names.count == words.count else { return false }
        let unknown = words.first { word in !choices.contains { $0.name == word.scalar?.text } }
        if let unknown {
            guard isCondition else { return false }
            let known = choices.map(\.name)
            let nearest = Spelling.nearest(to: unknown.scalar?.text ?? "", in: known).map { "did you mean '\($0)'?" }
            reading.error(
                "there is no condition '\(unknown.flowText)'", at: unknown.mark,
                hint: nearest ?? "the scenario has \(known.joined(separator: ", "))")
            return true
        }
        choices = choices.filter { names.contains($0.name) }
        return true
    }

    /// A scenario with one of the choices in it.
    func lay(_ choice: Choice, over root: Node, _ reading: Reading) -> Node {
        guard isNamed else { return root.setting(path, to: choice.value, reading) }
        if choice.value.isNull { return root }
        if isCondition { return root.merged(with: choice.value) }
        let base = path.steps.reduce(Node?.some(root)) { $0?[$1.name] }
        return root.setting(path, to: base?.merged(with: choice.value) ?? choice.value, reading)
    }

    /// Whether it says anything to a run of this protocol: the block of one protocol says nothing to another.
    func concerns(_ way: StreamProtocol?) -> Bool {
        guard path.steps.count > 1, path.steps[0].name == ScenarioKeys.pipeline.name, let way else { return true }
        return way.heeds(block: path.steps[1].name)
    }
}
