import LabModel
import YAML

/// Reads scenarios by name.
package struct ScenarioLoader: Sendable {
    /// The folder of shipped scenarios, if it was found.
    package let shippedFolder: String?

    package init(shippedFolder: String?) {
        self.shippedFolder = shippedFolder
    }

    private var finder: ScenarioFinder { ScenarioFinder(shipped: shippedFolder) }

    /// Paths of the shipped scenarios, in the order of their names.
    package var shippedScenarios: [String] {
        finder.shippedFiles.map { FilePath.joined(shippedFolder ?? ".", $0) }
    }

    /// Names of the shipped scenarios, in order.
    package var shippedNames: [String] { finder.shippedNames }

    /// Finds, reads, completes and checks a scenario.
    ///
    /// - Parameters:
    ///   - name: A path, or the name of a shipped scenario; letter case does not matter.
    ///   - overrides: `path=value` each, as of `--set`, the last one for a path counts.
    package func load(_ name: String, overrides: [String] = []) throws(ScenarioError) -> LoadedScenario {
        let (path, source) = try source(named: name)
        return try load(source, path: path, overrides: overrides)
    }

    /// The text of a scenario, and the path that it was found at.
    func source(named name: String) throws(ScenarioError) -> (path: String, source: SourceText) {
        guard let path = finder.find(name) else {
            if FileReader.isFolder(name) { throw .unreadable(path: name, FileProblem(reason: "is a folder")) }
            throw .notFound(name: name, nearest: finder.nearest(to: name))
        }
        do {
            return (path, SourceText(try FileReader.read(path, limit: Limits().size + 1), origin: .file(path: path)))
        } catch {
            throw .unreadable(path: path, error)
        }
    }

    /// The same from a text that is no file, as `path` calls it.
    package func load(text: String, as path: String, overrides: [String] = []) throws(ScenarioError) -> LoadedScenario {
        try load(SourceText(Array(text.utf8), origin: .file(path: path)), path: path, overrides: overrides)
    }

    private func load(_ source: SourceText, path: String, overrides: [String]) throws(ScenarioError) -> LoadedScenario {
        let reading = Reading()
        let settings = overrides.compactMap { Override($0, reading) }
        let plans = tree(of: source, reading).map { expand($0, settings, slug: FilePath.stem(path), reading) }
        guard let plans, !reading.hasErrors else { throw .invalid(path: path, reading.sorted) }
        return LoadedScenario(
            path: path, text: source.text, plans: plans, warnings: reading.sorted, given: reading.given)
    }

    /// The scenario's nodes laid over those that it extends; nil when they make no sense, which is then reported.
    func tree(of source: SourceText, _ reading: Reading) -> Node? {
        ScenarioTree(finder: finder, reading: reading).root(of: source)
    }

    /// The plans of a scenario with settings put in place of its own.
    func expand(_ root: Node, _ settings: [Override], slug: String, _ reading: Reading) -> [Plan] {
        Matrix(root, settings, reading).runs(reading).map { run in
            var plan = PlanDecoder(slug: slug, variant: run.variant, reading: reading).plan(from: run.root)
            if run.repetition > 1 { plan.seed = plan.seed(ofRepetition: run.repetition) }
            return plan
        }
    }
}
