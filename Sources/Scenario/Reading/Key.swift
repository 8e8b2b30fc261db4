import Spelling
import YAML

/// A key of a mapping: adding one is one line in its table and one where it is used.
struct Key<Value>: KeyDescription {
    let name: String
    /// One line, for the JSON Schema.
    let summary: String
    let kind: ValueKind<Value>
    let isRequired: Bool

    init(_ name: String, _ kind: ValueKind<Value>, required: Bool = false, _ summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
        isRequired = required
    }

    var shape: Shape { kind.shape }
}

/// A mapping that is being read.
struct Fields {
    private final class Failed { var names: Set<String> = [] }

    private let item: Item
    private let failed = Failed()

    /// Reports what is no mapping, keys that are unknown and keys that are missing.
    init?(_ item: Item, _ shape: MappingShape) {
        guard let entries = item.node.entries else {
            item.error("\(item.name) must be \(Shape.mapping(shape).description), not \(item.node.kindName)")
            return nil
        }
        self.item = item
        for entry in entries where !shape.keys.contains(where: { $0.name == entry.key }) {
            refuse(entry, shape)
        }
        for key in shape.keys where key.isRequired && item.node[key.name] == nil {
            item.error("\(item.name) has no '\(key.name)'", hint: "it takes \(key.shape.description)")
        }
    }

    var mark: Mark { item.node.mark }

    /// The value of `key`, if it is there and right.
    func callAsFunction<Value>(_ key: Key<Value>) -> Value? {
        guard let node = item.node[key.name] else { return nil }
        let child = item.child(node, key.name)
        item.reading.took(child.path)
        let value = key.kind.read(child)
        if value == nil { failed.names.insert(key.name) }
        return value
    }

    /// The same, with its place.
    func located<Value>(_ key: Key<Value>) -> Located<Value>? {
        guard let value = self(key), let node = item.node[key.name] else { return nil }
        return Located(value: value, mark: node.mark)
    }

    /// Keys read so far that were written, but wrong: what depends on them cannot be judged.
    var broken: Set<String> { failed.names }

    private func refuse(_ entry: Node.Entry, _ shape: MappingShape) {
        let mark = entry.keyMark
        switch shape.notes[entry.key] {
        case .later: item.reading.error("'\(entry.key)' is not supported yet", at: mark)
        case .called(let name):
            item.reading.error(
                "unknown key '\(entry.key)' in \(item.name)", at: mark, hint: "it is called '\(name)' here")
        case .explained(let message, let hint): item.reading.error(message, at: mark, hint: hint)
        case nil:
            let nearest = Spelling.nearest(to: entry.key, in: shape.keys.map(\.name))
            item.reading.error(
                "unknown key '\(entry.key)' in \(item.name)", at: mark,
                hint: nearest.map { "did you mean '\($0)'?" } ?? "known keys: \(shape.keyNames)")
        }
    }
}
