import LabModel
import YAML

/// The runs that a scenario makes: the combinations of its `matrix:`, each as often as `repeat:` says.
struct Matrix {
    /// One run: the scenario with the matrix's values in it.
    struct Run {
        var root: Node
        var variant: [VariantSetting]
        /// From 1.
        var repetition = 1
    }

    /// More are rather a slip than a wish.
    static let greatest = 256

    private typealias Combination = [(axis: Int, choice: MatrixAxis.Choice)]

    private let root: Node
    private let mark: Mark
    private var axes: [MatrixAxis] = []
    /// Of the command line; those that choose among an axis's names are none of them.
    private var settings: [Override]
    private let repeats: Int

    /// Takes `matrix` and `repeat` out of the scenario; what is set from outside is swept no more, or chooses by name.
    init(_ scenario: Node, _ settings: [Override], _ reading: Reading) {
        let whole = settings.reduce(scenario) { root, override in
            scenario["matrix"]?[override.path.text] == nil
                ? root.setting(override.path, to: override.value, reading) : root
        }
        self.settings = settings
        mark = whole["matrix"]?.mark ?? whole.mark
        repeats =
            whole[ScenarioKeys.repeats.name].flatMap {
                ScenarioKeys.repeats.kind.read(Item(node: $0, path: ScenarioKeys.repeats.name, reading: reading))
            } ?? 1
        root = whole.removing("matrix").removing(ScenarioKeys.repeats.name)
        guard let node = whole["matrix"] else { return }
        guard let entries = node.entries else {
            reading.error("matrix must be \(Shape.sweeps.description), not \(node.kindName)", at: node.mark)
            return
        }
        for entry in entries { add(entry, reading) }
    }

    private mutating func add(_ entry: Node.Entry, _ reading: Reading) {
        guard var axis = MatrixAxis(entry, reading) else { return }
        if let setting = settings.last(where: { $0.path.text == entry.key }) {
            guard axis.choose(setting.value, reading) else { return }
            settings.removeAll { $0.path.text == entry.key }
        }
        axes.append(axis)
    }

    /// Every run; the last setting changes first, and a repetition before all.
    func runs(_ reading: Reading) -> [Run] {
        let count = axes.reduce(1.0) { $0 * Double($1.choices.count) }
        guard count <= 1e5 else { return refuse(count, reading) }
        var seen: Set<[VariantSetting]> = []
        let different = combinations.map { run($0, reading) }.filter { seen.insert($0.variant).inserted }
        for axis in axes where !different.contains(where: { $0.variant.contains { $0.setting == axis.path.text } }) {
            reading.error(
                "no run has a protocol that heeds '\(axis.path.text)'", at: axis.mark,
                hint: "leave it out, or take a protocol that it belongs to")
        }
        guard different.count * repeats <= Self.greatest else {
            return refuse(Double(different.count * repeats), reading)
        }
        return different.flatMap { run in (1...repeats).map { repetition(of: run, $0) } }
    }

    private func refuse(_ count: Double, _ reading: Reading) -> [Run] {
        reading.error("matrix makes \(Int(min(count, 1e9))) runs, more than \(Self.greatest)", at: mark)
        return [Run(root: root, variant: [])]
    }

    private var combinations: [Combination] {
        axes.indices.reduce([[]]) { begun, axis in
            begun.flatMap { combination in axes[axis].choices.map { combination + [(axis, $0)] } }
        }
    }

    /// What says nothing to the run's protocol is left out of it, so that it multiplies no runs.
    private func run(_ combination: Combination, _ reading: Reading) -> Run {
        let whole = laid(combination, reading)
        let name = whole[ScenarioKeys.pipeline.name]?[PipelineKeys.protocol.name]?.scalar?.text
        let way = name.map { StreamProtocol(rawValue: $0) } ?? PipelinePlan().protocol
        let heard = combination.filter { axes[$0.axis].concerns(way) }
        let run = heard.count == combination.count ? whole : laid(heard, reading)
        return Run(
            root: run,
            variant: heard.map { VariantSetting(setting: axes[$0.axis].path.text, value: $0.choice.name) })
    }

    /// The command line has the last word, but where the matrix says more than it.
    private func laid(_ combination: Combination, _ reading: Reading) -> Node {
        let run = combination.reduce(root) { axes[$1.axis].lay($1.choice, over: $0, reading) }
        return settings.filter { setting in
            !axes.contains { "\($0.path.text).".hasPrefix("\(setting.path.text).") }
        }.reduce(run) { $0.setting($1.path, to: $1.value, reading) }.removing("matrix")
            .removing(ScenarioKeys.repeats.name)
    }

    private func repetition(of run: Run, _ number: Int) -> Run {
        guard repeats > 1 else { return run }
        var run = run
        run.repetition = number
        run.variant.append(VariantSetting(setting: VariantSetting.repetition, value: "\(number)"))
        return run
    }
}
