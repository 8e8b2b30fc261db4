import LabModel

/// Planned runs, side by side or one after another, and what came of each.
struct RunSeries {
    let runs: [PlannedRun]
    let site: RunSite
    let interrupts: Interrupts
    let display: RunDisplay
    /// How many go on at a time.
    let jobs: Int

    /// What came of each run, in their order, as far as they came; `present` hears of them in that order.
    func perform(present: (FinishedRun) -> Void) throws -> [FinishedRun] {
        let queue = try RunQueue<FinishedRun>(
            count: runs.count, jobs: jobs, while: { !interrupts.wasAsked },
            run: { index, queue in
                let run = finish(index, jobs: jobs) { queue.neighbours(of: index) }
                if run.isAboutThisMachine { queue.close() }
                return run
            })
        var finished: [FinishedRun] = []
        for index in runs.indices {
            display.turn(to: index)
            guard let run = queue.outcome(of: index) else { break }
            present(run)
            finished.append(run)
        }
        return finished
    }

    /// Runs those again, one by one, that others may have made invalid.
    func repeatDisturbed(_ finished: inout [FinishedRun], present: (FinishedRun) -> Void) {
        for index in finished.indices where !interrupts.wasAsked {
            guard let earlier = finished[index].disturbance else { continue }
            display.turn(to: index)
            finished[index] = finish(index, jobs: 1, after: earlier) { 0 }
            present(finished[index])
        }
    }

    private func finish(
        _ index: Int, jobs: Int, after earlier: EarlierTry? = nil, neighbours: @escaping () -> Int
    ) -> FinishedRun {
        defer { display.end(index) }
        let run = ScenarioRun(
            run: runs[index], site: site, interrupts: interrupts, jobs: jobs, earlier: earlier,
            neighbours: neighbours, show: { display.show($0, of: index) })
        do {
            let (directory, result) = try run.perform()
            return FinishedRun(result, in: directory)
        } catch {
            return FinishedRun(runs[index], failedBy: error)
        }
    }
}
