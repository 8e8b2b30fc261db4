package import LabModel

/// A scenario without mistakes.
package struct LoadedScenario: Sendable {
    /// As the user would name it.
    package let path: String
    /// The file's text as it was given.
    package let text: String
    /// One for each combination of the matrix; one when there is none.
    package let plans: [Plan]
    /// What is doubtful but no mistake.
    package let warnings: [Diagnostic]
    /// Dotted paths of the settings that were written; all others are defaults.
    package let given: Set<String>
}
