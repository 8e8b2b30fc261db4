import Engine
import LabModel

/// One run that a command line asks for.
struct PlannedRun {
    let plan: Plan
    /// The scenario's text, kept beside what came of it.
    let scenario: String
    let engine: EngineChoice

    /// The memory that it takes while it goes on.
    var need: JobLimit.Need {
        JobLimit.Need(kernel: engine.kind == .host ? ByteCount(0) : EngineRun.defaultMemory)
    }
}
