package import LabModel
import YAML

/// What a search varies: the words of its command line.
package struct VariedRange: Sendable {
    /// A dotted path, as `--vary` has it.
    let setting: String
    let from: OptionReader.Word
    let to: OptionReader.Word
    /// The one expectation of every run.
    let until: String

    package init(setting: String, from: String, to: String, until: String) {
        self.setting = setting
        self.from = OptionReader.Word("from", from)
        self.to = OptionReader.Word("to", to)
        self.until = until
    }
}

/// A scenario of one run with one of its settings left open.
package struct VariedScenario: Sendable {
    /// As the user would name it.
    package let path: String
    /// The file's text as it was given.
    package let text: String
    /// The dotted path of the setting.
    package let setting: String
    package let quantity: VariedQuantity
    /// The two ends, in the quantity's base unit.
    package let from: Double
    package let to: Double
    /// What is doubtful but no mistake.
    package let warnings: [Diagnostic]
    /// The plan at `from`.
    package let first: Plan
    fileprivate let reader: VariedReader

    /// The plan with the setting at `value`, in the base unit.
    package func plan(at value: Double) throws(ScenarioError) -> Plan {
        let reading = Reading()
        let text = quantity.text(of: value)
        let plans = reader.plans(with: [OptionReader.Word("vary", text)], reading)
        guard let plan = plans.first?.first, !reading.hasErrors else {
            throw .invalid(path: path, reading.sorted)
        }
        return plan.varied(setting, text)
    }
}

extension ScenarioLoader {
    /// Reads a scenario with one setting left open, and both ends of what it may be.
    package func vary(
        _ name: String, _ range: VariedRange, overrides: [String] = []
    ) throws(ScenarioError) -> VariedScenario {
        let (path, source) = try source(named: name)
        return try vary(source, path: path, range, overrides: overrides)
    }

    /// The same from a text that is no file, as `path` calls it.
    package func vary(
        text: String, as path: String, _ range: VariedRange, overrides: [String] = []
    ) throws(ScenarioError) -> VariedScenario {
        try vary(SourceText(Array(text.utf8), origin: .file(path: path)), path: path, range, overrides: overrides)
    }

    private func vary(
        _ source: SourceText, path: String, _ range: VariedRange, overrides: [String]
    ) throws(ScenarioError) -> VariedScenario {
        let reader = VariedReader(loader: self, source: source, path: path, range: range, overrides: overrides)
        let reading = Reading()
        let plans = reader.plans(with: [range.from, range.to], reading).first ?? []
        if plans.count > 1 { reader.refuseMatrix(of: plans.count, reading) }
        guard !reading.hasErrors, let (from, to) = reader.ends(reading), let first = plans.first else {
            throw .invalid(path: path, reading.sorted)
        }
        return VariedScenario(
            path: path, text: source.text, setting: range.setting, quantity: from.kind, from: from.value, to: to.value,
            warnings: reading.sorted, first: first.varied(range.setting, range.from.text), reader: reader)
    }
}

/// Reads one scenario with one value of the setting after another.
private struct VariedReader: Sendable {
    private let loader: ScenarioLoader
    private let source: SourceText
    private let path: String
    private let range: VariedRange
    private let overrides: [String]
    private let setting: SettingPath
    private let expectation: Override

    init(loader: ScenarioLoader, source: SourceText, path: String, range: VariedRange, overrides: [String]) {
        (self.loader, self.source, self.path) = (loader, source, path)
        (self.range, self.overrides) = (range, overrides)
        setting = SettingPath(range.setting, at: Self.start(of: range.setting, "vary"))
        let line = Self.scalar(range.until, "until")
        expectation = Override(
            SettingPath("expect", at: line.mark), to: Node(mark: line.mark, content: .sequence([line])))
    }

    /// The runs at each of `values`: one, or more where the scenario has a matrix.
    func plans(with values: [OptionReader.Word], _ reading: Reading) -> [[Plan]] {
        let given = overrides.compactMap { Override($0, reading) } + [expectation]
        guard let root = loader.tree(of: source, reading) else { return [] }
        return values.map { value in
            let own = Override(setting, to: Self.scalar(value.text, value.option))
            return loader.expand(root, given + [own], slug: FilePath.stem(path), reading)
        }
    }

    /// What was read of the setting at both ends; reports where it is no quantity, or no range.
    func ends(_ reading: Reading) -> (from: ReadQuantity, to: ReadQuantity)? {
        guard let from = end(range.from, reading), let to = end(range.to, reading) else {
            reading.error(
                "'\(range.setting)' is no quantity, so it cannot be varied", at: setting.start,
                hint: "such as link.downlink.loss, link.downlink.rate or pipeline.player.buffer")
            return nil
        }
        if range.setting == "seed" {
            reading.error("'seed' cannot be varied: each run of a search has its own", at: setting.start)
        } else if from.kind.table.name != to.kind.table.name {
            reading.error(
                "\(range.to.text) is a \(to.kind.table.name), and --from a \(from.kind.table.name)", at: to.mark,
                hint: "write both as the same kind of quantity")
        } else if from.value == to.value {
            reading.error("--from and --to are the same", at: to.mark, hint: "give the two ends of a range")
        } else {
            return (from, to)
        }
        return nil
    }

    func refuseMatrix(of count: Int, _ reading: Reading) {
        reading.error(
            "a search takes one run, and the scenario's matrix makes \(count)", at: setting.start,
            hint: "choose a value for each setting of the matrix with --set")
    }

    private func end(_ word: OptionReader.Word, _ reading: Reading) -> ReadQuantity? {
        reading.quantities.last { $0.path == range.setting && $0.mark.source.origin == .option(name: word.option) }
    }

    private static func scalar(_ text: String, _ option: String) -> Node {
        Node(mark: start(of: text, option), content: .scalar(.init(text: text, isPlain: true)))
    }

    private static func start(of text: String, _ option: String) -> Mark {
        Mark(source: SourceText(Array(text.utf8), origin: .option(name: option)), line: 1, scalarsBefore: 0)
    }
}

extension Plan {
    fileprivate func varied(_ setting: String, _ value: String) -> Plan {
        var plan = self
        plan.variant.append(VariantSetting(setting: setting, value: value))
        return plan
    }
}
