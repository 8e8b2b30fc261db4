import Compare
import Engine
import LabModel
import LinuxKit
import Report
import RunStore

/// What all runs of one command share: where things lie, and how a run directory becomes a report.
struct RunSite {
    let installation: Installation
    let media: MediaTool
    /// The folder of all reports.
    let reports: String
    let writer: ReportWriter
    let kernel: Kernel?
    /// How long a run may show no progress, by the machine's clock.
    var stallLimit = StallLimit.usual

    init(reports: String) throws {
        installation = try Installation.find()
        guard let worker = installation.mediaWorker else {
            throw Failure(
                "cannot find netlab-media beside \(installation.executable)",
                hint: "build or install both programs, with 'make build' or 'make install'", status: .bug)
        }
        guard let resources = installation.resources else {
            throw Failure(
                "cannot find netlab's resources from \(installation.executable)",
                hint: "install with 'make install PREFIX=...', or run from the source tree", status: .bug)
        }
        media = MediaTool(path: worker)
        self.reports = reports
        writer = try ReportWriter(resources: resources)
        kernel = KernelStore(installation: installation).find(for: installation)
    }

    /// Where generated media is kept.
    var mediaCache: String { CacheFolder.path() + "/media" }

    /// The engine that a plan or the command line asks for, or the best there is.
    func choose(_ request: EngineRequest) -> EngineChoice {
        EngineChoice.make(request, installation: installation, kernel: kernel)
    }

    /// Reads a run directory, judges what it shows, and writes all reports into it.
    ///
    /// - Parameters:
    ///   - sent: the media file that was sent, where it is known.
    ///   - begin: of the run, on the monotonic clock, where it has not ended before its report.
    func examine(
        _ directory: RunDirectory, _ plan: Plan, _ record: RunRecord, media sent: String? = nil, begin: Int64? = nil
    ) throws -> RunResult {
        if directory.has(RunFolder.receivedUnits), !directory.has(RunFolder.frameMarks) {
            try media.findMarks(in: directory, media: sent)
        }
        var result = Judge.judge(RunExamination(directory, plan, record).result())
        if let begin {
            result.run.harness.wallTime = TimeSpan(nanoseconds: Clock.monotonic() - begin)
            try directory.write(result.run, to: RunFolder.run)
        }
        try writer.write(result, into: directory.path)
        return result
    }
}
