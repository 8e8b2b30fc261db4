import YAML

/// What is found out while one scenario is read: the mistakes, and which settings were given.
final class Reading {
    private(set) var diagnostics: [Diagnostic] = []
    /// Dotted paths of the settings that were written, so that the rest can be shown as defaults.
    private(set) var given: Set<String> = []
    /// Every quantity that was read, in the order of reading.
    private(set) var quantities: [ReadQuantity] = []
    private var seen: Set<Place> = []

    /// Every run of a matrix finds the same mistake; it is reported once.
    private struct Place: Hashable {
        let mark: Mark
        let message: String
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    func report(_ diagnostic: Diagnostic) {
        guard diagnostics.count < 200 else { return }
        if seen.insert(Place(mark: diagnostic.mark, message: diagnostic.message)).inserted {
            diagnostics.append(diagnostic)
        }
    }

    func error(_ message: String, at mark: Mark, hint: String? = nil) {
        report(Diagnostic(.error, message, at: mark, hint: hint))
    }

    func warning(_ message: String, at mark: Mark, hint: String? = nil) {
        report(Diagnostic(.warning, message, at: mark, hint: hint))
    }

    func took(_ path: String) {
        given.insert(path)
    }

    func took(_ quantity: ReadQuantity) {
        quantities.append(quantity)
    }

    /// By place; files in the order that they were first complained about.
    var sorted: [Diagnostic] {
        var order: [ObjectIdentifier: Int] = [:]
        for diagnostic in diagnostics {
            let source = ObjectIdentifier(diagnostic.mark.source)
            order[source] = order[source] ?? order.count
        }
        func rank(_ mark: Mark) -> (Int, Int, Int) {
            (order[ObjectIdentifier(mark.source)] ?? 0, mark.line, mark.scalarsBefore)
        }
        return diagnostics.sorted { rank($0.mark) < rank($1.mark) }
    }
}

/// A quantity as it was read: what has one can be varied.
struct ReadQuantity {
    let path: String
    let mark: Mark
    let kind: VariedQuantity
    let value: Double
}

/// A value and where it was written.
struct Located<Value> {
    let value: Value
    let mark: Mark
}

extension Located: Sendable where Value: Sendable {}
