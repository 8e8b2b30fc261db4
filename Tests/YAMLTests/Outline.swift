@testable import YAML

/// A document as one line a node: where it stands, and what it is.
func outline(_ text: String) -> [String] {
    let document = Document.read(SourceText(Array(text.utf8), origin: .file(path: "x.yaml")))
    return (document.root.map { lines($0, "") } ?? []) + document.mistakes.map(described)
}

func described(_ mistake: Mistake) -> String {
    "\(mistake.mark.line):\(mistake.mark.column): \(mistake.message)" + (mistake.hint.map { " (\($0))" } ?? "")
}

func mistakes(_ bytes: [UInt8], limits: Limits = Limits()) -> [String] {
    Document.read(SourceText(bytes, origin: .file(path: "x.yaml")), limits: limits).mistakes.map(described)
}

private func lines(_ node: Node, _ path: String) -> [String] {
    let place = "\(node.mark.line):\(node.mark.column) \(path)"
    switch node.content {
    case .scalar(let scalar): return ["\(place)= \(scalar.isPlain ? scalar.text : "'\(scalar.text)'")"]
    case .sequence(let elements):
        return ["\(place)[]"] + elements.enumerated().flatMap { lines($1, "\(path)\($0).") }
    case .mapping(let entries):
        return ["\(place){}"] + entries.flatMap { lines($0.value, "\(path)\($0.key)@\($0.keyMark.column).") }
    }
}
