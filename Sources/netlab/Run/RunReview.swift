import Compare
import Engine
import LabModel
import LinuxKit
import Report
import RunStore

/// How a run directory becomes a report.
struct RunReview {
    private let installation: Installation
    private let writer: ReportWriter

    init(_ installation: Installation) throws {
        self.installation = installation
        writer = try installation.reportWriter()
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
            try installation.mediaTool().findMarks(in: directory, media: sent)
        }
        if directory.has(RunFolder.files), !directory.has(RunFolder.fileFacts) {
            try installation.mediaTool().lookAtFiles(in: directory)
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

extension Installation {
    /// The program that makes media and looks for its marks.
    func mediaTool() throws -> MediaTool {
        guard let worker = mediaWorker else {
            throw Failure(
                "cannot find netlab-media beside \(executable)",
                hint: "build or install both programs, with 'make build' or 'make install'", status: .bug)
        }
        return MediaTool(path: worker)
    }

    /// What writes reports, with the page of this installation.
    func reportWriter() throws -> ReportWriter {
        guard let resources else {
            throw Failure(
                "cannot find netlab's resources from \(executable)",
                hint: "install with 'make install PREFIX=...', or run from the source tree", status: .bug)
        }
        return try ReportWriter(resources: resources)
    }
}
