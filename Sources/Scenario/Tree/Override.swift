import YAML

/// One `--set path=value`.
struct Override {
    let path: SettingPath
    let value: Node

    init(_ path: SettingPath, to value: Node) {
        self.path = path
        self.value = value
    }

    /// Reports what is wrong with it and gives `nil`.
    init?(_ text: String, _ reading: Reading) {
        let source = SourceText(Array(text.utf8), origin: .option(name: "set"))
        let start = Mark(source: source, line: 1, scalarsBefore: 0)
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            reading.error(
                "'\(text)' sets nothing", at: start, hint: "write a path and a value, such as link.downlink.loss=5%")
            return nil
        }
        path = SettingPath(String(text[..<sign]), at: start)
        // Blanks in place of the path make libyaml count the columns of the whole text.
        let offset = text[...sign].unicodeScalars.count
        let padded = String(repeating: " ", count: offset) + text[text.index(after: sign)...]
        let document = Document.read(SourceText(Array(padded.utf8), origin: source.origin))
        for mistake in document.mistakes {
            reading.error(mistake.message, at: mistake.mark.moved(to: source), hint: mistake.hint)
        }
        guard document.mistakes.isEmpty else { return nil }
        let nothing = Node(mark: start.advanced(by: offset), content: .scalar(.init(text: "", isPlain: true)))
        value = document.root?.moved(to: source) ?? nothing
    }
}

extension Mark {
    fileprivate func moved(to source: SourceText) -> Mark {
        Mark(source: source, line: line, scalarsBefore: scalarsBefore)
    }
}

extension Node {
    fileprivate func moved(to source: SourceText) -> Node {
        let content: Content =
            switch content {
            case .scalar(let scalar): .scalar(scalar)
            case .sequence(let elements): .sequence(elements.map { $0.moved(to: source) })
            case .mapping(let entries):
                .mapping(
                    entries.map {
                        Entry(key: $0.key, keyMark: $0.keyMark.moved(to: source), value: $0.value.moved(to: source))
                    })
            }
        return Node(mark: mark.moved(to: source), content: content)
    }
}
