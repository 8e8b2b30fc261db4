/// Builds nodes from events, within limits; goes on after what it can go on after.
struct Composer {
    /// A node that aliases can name, with its size in nodes and its depth when written out.
    private struct Anchored {
        let node: Node
        let size: Int
        let height: Int
    }

    private let limits: Limits
    private(set) var mistakes: [Mistake] = []
    private var anchors: [String: Anchored] = [:]
    private var nodes = 0

    init(limits: Limits) {
        self.limits = limits
    }

    /// The root of the one document of the stream; `nil` when there is none.
    mutating func document(_ stream: inout EventStream) throws(Mistake) -> Node? {
        var root: Node?
        var seen = false
        while true {
            let event = try stream.next()
            switch event.kind {
            case .streamStart, .documentEnd: continue
            case .documentStart where seen:
                throw Mistake("a second document begins here", at: event.mark, hint: "one file holds one scenario")
            case .documentStart:
                seen = true
                root = try node(from: try stream.next(), &stream, depth: 0)
            default: return root
            }
        }
    }

    private mutating func node(from event: Event, _ stream: inout EventStream, depth: Int) throws(Mistake) -> Node {
        try check(depth: depth, at: event.mark)
        try count(1, at: event.mark)
        refuseTag(of: event)
        if case .alias(let name) = event.kind { return try alias(name, at: event.mark, depth: depth) }
        let before = nodes
        let node = Node(mark: event.mark, content: try content(of: event, &stream, depth: depth))
        if let anchor = event.anchor {
            anchors[anchor] = Anchored(node: node, size: nodes - before, height: node.height)
        }
        return node
    }

    private mutating func content(
        of event: Event, _ stream: inout EventStream, depth: Int
    ) throws(Mistake) -> Node.Content {
        switch event.kind {
        case .scalar(let scalar):
            refuseControls(in: scalar, at: event.mark)
            return .scalar(scalar)
        case .sequenceStart: return .sequence(try elements(&stream, depth: depth + 1))
        case .mappingStart: return .mapping(try entries(&stream, depth: depth + 1))
        default: preconditionFailure("libyaml gave an event that begins no node")
        }
    }

    private mutating func elements(_ stream: inout EventStream, depth: Int) throws(Mistake) -> [Node] {
        var elements: [Node] = []
        while true {
            let event = try stream.next()
            if case .sequenceEnd = event.kind { return elements }
            elements.append(try node(from: event, &stream, depth: depth))
        }
    }

    private mutating func entries(_ stream: inout EventStream, depth: Int) throws(Mistake) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try stream.next()
            if case .mappingEnd = event.kind { return entries }
            let key = try node(from: event, &stream, depth: depth)
            let value = try node(from: try stream.next(), &stream, depth: depth)
            guard let name = name(of: key, at: event.mark) else { continue }
            if let line = lines[name] {
                note(Mistake("'\(name)' is given twice; the first is in line \(line)", at: event.mark))
                continue
            }
            lines[name] = event.mark.line
            entries.append(Node.Entry(key: name, keyMark: event.mark, value: value))
        }
    }

    private mutating func name(of key: Node, at mark: Mark) -> String? {
        guard let scalar = key.scalar else {
            note(Mistake("a key must be a word", at: mark))
            return nil
        }
        if scalar.text == "<<", scalar.isPlain {
            note(Mistake("merge keys are not supported", at: mark, hint: "write the keys out, or use 'extends'"))
            return nil
        }
        return scalar.text
    }

    private mutating func alias(_ name: String, at mark: Mark, depth: Int) throws(Mistake) -> Node {
        guard let anchored = anchors[name] else {
            throw Mistake("alias '*\(name)' names no anchor before it", at: mark)
        }
        try count(anchored.size, at: mark)
        try check(depth: depth + anchored.height, at: mark)
        return anchored.node
    }

    private func check(depth: Int, at mark: Mark) throws(Mistake) {
        guard depth < limits.depth else {
            throw Mistake("nested more than \(limits.depth) levels deep", at: mark)
        }
    }

    /// Aliases count as what they stand for, so that a few lines cannot stand for millions.
    private mutating func count(_ more: Int, at mark: Mark) throws(Mistake) {
        nodes += more
        guard nodes <= limits.nodes else {
            throw Mistake("more than \(limits.nodes) values, with aliases written out", at: mark)
        }
    }

    private mutating func refuseTag(of event: Event) {
        guard let tag = event.tag, tag != "!" else { return }
        note(Mistake("tags such as '\(tag)' are not supported", at: event.mark, hint: "leave the tag out"))
    }

    /// Escapes such as "\0" can write what the text itself may not hold.
    private mutating func refuseControls(in scalar: Node.Scalar, at mark: Mark) {
        // Unicode's general category Cc, but for tabs and line ends.
        let isControl = { (scalar: Unicode.Scalar) in
            (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
        }
        guard let found = scalar.text.unicodeScalars.first(where: isControl) else { return }
        note(Mistake("text with control character U+\(TextCheck.hexadecimal(found.value, digits: 4))", at: mark))
    }

    private mutating func note(_ mistake: Mistake) {
        if mistakes.count < limits.mistakes { mistakes.append(mistake) }
    }
}

extension Node {
    /// Levels of mappings and sequences beneath this node.
    fileprivate var height: Int {
        switch content {
        case .scalar: 0
        case .sequence(let elements): 1 + (elements.map(\.height).max() ?? 0)
        case .mapping(let entries): 1 + (entries.map(\.value.height).max() ?? 0)
        }
    }
}
