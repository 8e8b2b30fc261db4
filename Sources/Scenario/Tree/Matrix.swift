import LabModel
import YAML

/// The combinations of a scenario's `matrix:`.
struct Matrix {
    /// One run: the scenario with the matrix's values in it.
    struct Run {
        let root: Node
        let variant: [VariantSetting]
    }

    /// More are rather a slip than a wish.
    static let greatest = 256

    private var sweeps: [(path: SettingPath, values: [Node])] = []
    private let root: Node

    /// Takes the matrix out of the scenario; settings that are overridden are swept no more.
    init(_ scenario: Node, overridden: Set<String>, _ reading: Reading) {
        root = scenario.removing("matrix")
        guard let node = scenario["matrix"] else { return }
        guard let entries = node.entries else {
            reading.error("matrix must be \(Shape.sweeps.description), not \(node.kindName)", at: node.mark)
            return
        }
        for entry in entries where !overridden.contains(entry.key) {
            let path = SettingPath(entry.key, at: entry.keyMark)
            if let values = Matrix.values(of: entry, reading) { sweeps.append((path, values)) }
        }
        let count = sweeps.reduce(1.0) { $0 * Double($1.values.count) }
        if count > Double(Matrix.greatest) {
            reading.error("matrix makes \(Int(min(count, 1e9))) runs, more than \(Matrix.greatest)", at: node.mark)
            sweeps = []
        }
    }

    private static func values(of entry: Node.Entry, _ reading: Reading) -> [Node]? {
        if ["matrix", "extends", "name"].contains(entry.key.prefix { $0 != "." }) {
            reading.error("'\(entry.key)' cannot be swept", at: entry.keyMark)
            return nil
        }
        guard let values = entry.value.elements, !values.isEmpty else {
            reading.error("'\(entry.key)' needs a list of values", at: entry.value.mark, hint: "such as [2mbit, 5mbit]")
            return nil
        }
        return values
    }

    /// Every combination; the last setting changes first.
    func runs(_ reading: Reading) -> [Run] {
        sweeps.reduce([Run(root: root, variant: [])]) { runs, sweep in
            runs.flatMap { run in
                sweep.values.map { value in
                    Run(
                        root: run.root.setting(sweep.path, to: value, reading),
                        variant: run.variant + [VariantSetting(setting: sweep.path.text, value: value.flowText)])
                }
            }
        }
    }
}
