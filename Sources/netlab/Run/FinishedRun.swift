import CommandLineKit
import Engine
import LabModel
import RunStore

/// What came of a run.
struct FinishedRun {
    /// Without its series, of which many runs would fill the memory.
    let result: RunResult
    /// Nil where there is none that could be reported.
    let directory: RunDirectory?
    /// Why no run could be made, or no report of it.
    let error: (any Error)?

    init(_ result: RunResult, in directory: RunDirectory) {
        var short = result
        short.series = []
        self.result = short
        self.directory = directory
        error = nil
    }

    /// A run that could not be made, as a result that says why.
    init(_ run: PlannedRun, failedBy error: any Error) {
        let reason = ErrorReport(error).message
        let record = RunRecord(
            engine: run.engine.kind, engineReason: run.engine.reason, kernel: "", hostKernel: "",
            outcome: .failed(reason: reason))
        result = RunResult(netlabVersion: Version.current, plan: run.plan, run: record)
        directory = nil
        self.error = error
    }

    var status: CommandLineKit.ExitStatus {
        error.map { ErrorReport($0).status } ?? result.verdict.exitStatus
    }

    /// Nothing was started, and nothing else will be: the machine lacks something.
    var isAboutThisMachine: Bool { (error as? EngineError)?.isAboutThisMachine ?? false }

    /// What to say of it once another has taken its place; nil where its verdict stands.
    ///
    /// In real time what runs beside it may cost a run its pace, packets of its captures or the delay that was asked.
    /// In virtual time nothing outside can.
    var disturbance: EarlierTry? {
        guard let directory, let neighbours = result.run.harness.neighbours, neighbours > 0,
            result.verdict == .invalid, result.run.outcome == .completed, result.run.engine != .virtual
        else { return nil }
        let causes = ["send.lateness", "capture.drops", "host.", "link."]
        let failed = result.validity.filter { !$0.passed }
        guard failed.contains(where: { check in causes.contains { check.name.hasPrefix($0) } }) else { return nil }
        return EarlierTry(
            folder: directory.path.split(separator: "/").last.map(String.init) ?? "", neighbours: neighbours,
            findings: failed.map(\.finding))
    }
}
