import YAML

extension Node {
    /// This node with `overlay` laid over it: mappings key by key, anything else replaced.
    func merged(with overlay: Node) -> Node {
        guard let base = entries, let upper = overlay.entries, !isAlternative(to: overlay) else { return overlay }
        var result = base
        for entry in upper {
            if let index = result.firstIndex(where: { $0.key == entry.key }) {
                result[index].value = result[index].value.merged(with: entry.value)
                result[index].keyMark = entry.keyMark
            } else {
                result.append(entry)
            }
        }
        return Node(mark: overlay.mark, content: .mapping(result))
    }

    /// A file of media replaces generated media and the other way round: the two cannot be laid over each other.
    private func isAlternative(to other: Node) -> Bool {
        let generated = { (node: Node) in node["video"] != nil || node["audio"] != nil }
        return (self["file"] != nil && generated(other)) || (generated(self) && other["file"] != nil)
    }

    /// Without one of its keys.
    func removing(_ key: String) -> Node {
        guard let entries else { return self }
        return Node(mark: mark, content: .mapping(entries.filter { $0.key != key }))
    }

    /// With `value` at a dotted path; what is missing on the way is made.
    func setting(_ path: some Collection<SettingPath.Step>, to value: Node) throws(SettingPath.Dead) -> Node {
        guard let step = path.first else { return value }
        switch content {
        case .mapping(let entries): return try setting(step, path, in: entries, to: value)
        case .sequence(let elements): return try setting(step, path, at: elements, to: value)
        case .scalar where isNull: return try setting(step, path, in: [], to: value)
        case .scalar: throw SettingPath.Dead(step: step)
        }
    }

    private func setting(
        _ step: SettingPath.Step, _ path: some Collection<SettingPath.Step>, in entries: [Entry], to value: Node
    ) throws(SettingPath.Dead) -> Node {
        var entries = entries
        let rest = path.dropFirst()
        if let index = entries.firstIndex(where: { $0.key == step.name }) {
            entries[index].value = try entries[index].value.setting(rest, to: value)
            if rest.isEmpty { entries[index].keyMark = step.mark }
        } else {
            let empty = Node(mark: step.mark, content: .mapping([]))
            entries.append(
                Entry(key: step.name, keyMark: step.mark, value: try empty.setting(rest, to: value)))
        }
        return Node(mark: mark, content: .mapping(entries))
    }

    private func setting(
        _ step: SettingPath.Step, _ path: some Collection<SettingPath.Step>, at elements: [Node], to value: Node
    ) throws(SettingPath.Dead) -> Node {
        guard let index = Int(step.name), elements.indices.contains(index) else {
            throw SettingPath.Dead(step: step)
        }
        var elements = elements
        elements[index] = try elements[index].setting(path.dropFirst(), to: value)
        return Node(mark: mark, content: .sequence(elements))
    }

    /// A scalar of other text that stands some scalars further on.
    func replacing(text: String, after offset: Int) -> Node {
        Node(mark: mark.advanced(by: offset), content: .scalar(Scalar(text: text, isPlain: true)))
    }

    /// As it could be written on one line.
    var flowText: String {
        switch content {
        case .scalar(let scalar): scalar.text
        case .sequence(let elements): "[" + elements.map(\.flowText).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
        }
    }
}
