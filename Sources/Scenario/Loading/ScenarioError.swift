/// Why a scenario gave no plan.
package enum ScenarioError: Error, Sendable {
    /// Nothing has this name; the nearest of the shipped scenarios, if any is near.
    case notFound(name: String, nearest: String?)
    /// The file is there but cannot be read.
    case unreadable(path: String, FileProblem)
    /// Every mistake, warnings among them, in the order of the text.
    case invalid(path: String, [Diagnostic])
}
