import YAML

/// How a value is written and how it is read.
struct ValueKind<Value>: Sendable {
    let shape: Shape
    /// Reports what is wrong and gives `nil`.
    let read: @Sendable (Item) -> Value?
}

/// A node on its way to a value: what it is called, and where its mistakes go.
struct Item {
    let node: Node
    /// Dotted, such as `link.downlink.rate`.
    let path: String
    let reading: Reading
    /// What messages call it, where that is not the last word of the path.
    var label: String?

    /// What messages call it.
    var name: String {
        if let label { return label }
        let steps = path.split(separator: ".")
        guard let last = steps.last else { return "the scenario" }
        guard let index = Int(last), let list = steps.dropLast().last else { return String(last) }
        return "item \(index + 1) of \(list)"
    }

    func error(_ message: String, hint: String? = nil) {
        reading.error(message, at: node.mark, hint: hint)
    }

    /// The text of a scalar; anything else is reported as not being of `shape`.
    func text(_ shape: Shape) -> String? {
        if node.isNull {
            error("\(name) has no value", hint: "write \(shape.description)")
        } else if let scalar = node.scalar {
            return scalar.text
        } else {
            error("\(name) must be \(shape.description), not \(node.kindName)")
        }
        return nil
    }

    /// Notes a quantity that was read here.
    func took(_ kind: VariedQuantity, _ value: Double) {
        reading.took(ReadQuantity(path: path, mark: node.mark, kind: kind, value: value))
    }

    /// The same place one step further down.
    func child(_ node: Node, _ step: String) -> Item {
        Item(node: node, path: path.isEmpty ? step : "\(path).\(step)", reading: reading)
    }
}

extension Node {
    /// As messages call it.
    var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
