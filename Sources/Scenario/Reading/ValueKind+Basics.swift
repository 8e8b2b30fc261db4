import Spelling

extension ValueKind where Value == String {
    /// Any text on one or more lines.
    static let text = ValueKind(shape: .text) { $0.text(.text) }

    /// A text that has so many bytes.
    static func text(bytes: ClosedRange<Int>) -> ValueKind {
        ValueKind(shape: .text) { item in
            guard let text = item.text(.text) else { return nil }
            if bytes.contains(text.utf8.count) { return text }
            item.error(
                "\(item.name) has \(text.utf8.count) bytes",
                hint: "write \(bytes.lowerBound) to \(bytes.upperBound)")
            return nil
        }
    }

    /// One of these words; `later` are those that another version may know.
    static func word(_ words: [String], later: [String] = []) -> ValueKind {
        let shape = Shape.words(words)
        return ValueKind(shape: shape) { item in
            guard let text = item.text(shape) else { return nil }
            if words.contains(text) { return text }
            if later.contains(text) {
                item.error(
                    "\(item.name) '\(text)' is not supported yet", hint: "this version knows \(shape.description)")
            } else {
                let nearest = Spelling.nearest(to: text, in: words).map { "did you mean '\($0)'?" }
                item.error("\(item.name) cannot be '\(text)'", hint: nearest ?? "write \(shape.description)")
            }
            return nil
        }
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static func choice(later: [String] = []) -> ValueKind {
        let words = ValueKind<String>.word(Value.allCases.map(\.rawValue), later: later)
        return ValueKind(shape: words.shape) { item in words.read(item).flatMap(Value.init(rawValue:)) }
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == Int {
    /// One of the numbers of an enumeration.
    static var number: ValueKind {
        let shape = Shape.numbers(Value.allCases.map(\.rawValue))
        return ValueKind(shape: shape) { item in
            guard let text = item.text(shape) else { return nil }
            if let value = Int(text).flatMap(Value.init(rawValue:)) { return value }
            item.error("\(item.name) must be \(shape.description), not '\(text)'")
            return nil
        }
    }
}

extension ValueKind where Value == Int {
    static func wholeNumber(_ range: ClosedRange<Int>) -> ValueKind {
        let shape = Shape.wholeNumber(range)
        return ValueKind(shape: shape) { item in
            guard let text = item.text(shape) else { return nil }
            if let number = Int(text), range.contains(number) {
                item.took(VariedQuantity(table: .count), Double(number))
                return number
            }
            item.error("\(item.name) must be \(shape.description), not '\(text)'")
            return nil
        }
    }
}

extension ValueKind {
    /// Each element by `element`; those that are wrong are reported and left out.
    static func list<Element: Sendable>(_ element: ValueKind<Element>) -> ValueKind where Value == [Element] {
        let shape = Shape.list(element.shape)
        return ValueKind(shape: shape) { item in
            guard let elements = item.node.elements else {
                item.error("\(item.name) must be \(shape.description), not \(item.node.kindName)")
                return nil
            }
            return elements.enumerated().compactMap { index, node in
                element.read(item.child(node, String(index)))
            }
        }
    }
}
