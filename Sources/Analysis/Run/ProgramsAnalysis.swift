internal import LabModel

/// What a run shows of the user's own programs.
struct ProgramsAnalysis {
    let inputs: RunInputs

    /// `nil` where there are none.
    func report(traffic: [TrafficFlow]) -> ProgramsReport? {
        let plan = inputs.plan.pipeline
        guard let programs = plan.programs else { return nil }
        var report = ProgramsReport()
        report.programs = programs.named.map { role, program in
            .init(role: role, run: program.run, log: "\(RunFolder.logs)/\(role).log")
        }
        report.traffic = traffic
        report.files = inputs.files
        return report
    }
}
