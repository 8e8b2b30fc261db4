import YAML

/// Reads a scenario's nodes and those of the scenarios that it extends.
struct ScenarioTree {
    let finder: ScenarioFinder
    let reading: Reading

    /// The scenario laid over what it extends; `nil` when it makes no sense, which is then reported.
    func root(of source: SourceText) -> Node? {
        guard let root = read(source) else { return nil }
        let own: [String] =
            if case .file(let path) = source.origin { [FilePath.real(path)] } else { [] }
        return extended(root, chain: own)
    }

    private func read(_ source: SourceText) -> Node? {
        let document = Document.read(source)
        for mistake in document.mistakes {
            reading.error(mistake.message, at: mistake.mark, hint: mistake.hint)
        }
        if let root = document.root, root.entries != nil { return root }
        if document.mistakes.isEmpty {
            let start = document.root?.mark ?? Mark(source: source, line: 1, scalarsBefore: 0)
            let isEmpty = document.root?.isNull ?? true
            reading.error(
                isEmpty ? "the scenario is empty" : "a scenario is a mapping of settings", at: start,
                hint: "'netlab init' writes one to begin with")
        }
        return nil
    }

    private func extended(_ root: Node, chain: [String]) -> Node {
        guard let node = root["extends"] else { return root }
        let own = root.removing("extends")
        let item = Item(node: node, path: "extends", reading: reading)
        guard let name = item.text(.text), let base = base(named: name, of: node, chain: chain) else { return own }
        return base.merged(with: own)
    }

    private func base(named name: String, of node: Node, chain: [String]) -> Node? {
        guard let path = finder.find(FilePath.beside(node.mark.source.origin, name)) ?? finder.find(name) else {
            let nearest = finder.nearest(to: name).map { "did you mean '\($0)'?" }
            reading.error("there is no scenario '\(name)' to extend", at: node.mark, hint: nearest)
            return nil
        }
        let identity = FilePath.real(path)
        guard !chain.contains(identity) else {
            reading.error("'\(name)' extends itself", at: node.mark, hint: "a scenario can only extend another one")
            return nil
        }
        guard chain.count < 16 else {
            reading.error("more than 16 scenarios extend each other", at: node.mark)
            return nil
        }
        do {
            let bytes = try FileReader.read(path, limit: Limits().size + 1)
            let root = read(SourceText(bytes, origin: .file(path: path)))
            return root.map { extended($0, chain: chain + [identity]) }
        } catch {
            reading.error("cannot read '\(name)': \(error.reason)", at: node.mark)
            return nil
        }
    }
}
