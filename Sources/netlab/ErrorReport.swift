import Capture
import CommandLineKit
import Engine
import LinuxKit
import RealInterface
import Report
import RunStore
import Scenario

/// The one place that words errors for the user and picks the status to end with.
struct ErrorReport {
    /// Lines that come first, as they are.
    let before: [String]
    let message: String
    let hint: String?
    /// Lines to follow the hint as they are.
    let more: [String]
    let status: CommandLineKit.ExitStatus

    /// One case a kind of error; what has none is a bug.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure:
            self.init(failure.message, hint: failure.hint, status: failure.status)
        case let failure as UsageFailure:
            self.init(
                failure.error.message, hint: failure.error.hint, more: [failure.usage, failure.advice], status: .usage)
        case let error as ScenarioError:
            self.init(error)
        case let error as EngineError:
            self.init(
                error.description, hint: error.remedy, more: error.lastLines.map { "    " + $0 },
                status: Self.status(of: error))
        case let error as KernelBuildError:
            self.init(
                error.description, hint: error.remedy, more: error.lastLines.map { "    " + $0 },
                status: Self.status(of: error))
        case let error as ShapeError:
            self.init(error)
        case is SystemCallError, is SpawnError, is Errno, is RunStoreError, is ReportError, is CaptureError:
            self.init("\(error)", status: .invalid)
        default:
            self.init(
                "unexpected error: \(error)", hint: "this is a bug in netlab; please report it with this line",
                status: .bug)
        }
    }

    private static func status(of error: EngineError) -> CommandLineKit.ExitStatus {
        switch error {
        case .missingKernel, .noMemoryFolder, .unusablePath, .preparation: .unsupported
        case .interrupted: .interrupted
        case .file, .spawn, .panicked, .crashed, .killed, .stuck: .invalid
        }
    }

    private static func status(of error: KernelBuildError) -> CommandLineKit.ExitStatus {
        switch error {
        case .missingTools, .missingFragment, .noMirror, .noNewSource, .noSpace: .unsupported
        case .unusableSource, .refusedOptions: .badInput
        case .step, .file, .spawn: .invalid
        case .interrupted: .interrupted
        }
    }

    init(
        _ message: String, hint: String? = nil, before: [String] = [], more: [String] = [],
        status: CommandLineKit.ExitStatus
    ) {
        self.before = before
        self.message = message
        self.hint = hint
        self.more = more
        self.status = status
    }

    private init(_ error: ScenarioError) {
        switch error {
        case .notFound(let name, let nearest):
            self.init(
                "there is no scenario '\(name)'",
                hint: nearest.map { "did you mean '\($0)'?" } ?? "'netlab list' shows the scenarios that are shipped",
                status: .badInput)
        case .unreadable(let path, let problem):
            self.init("cannot read scenario '\(path)': \(problem.reason)", status: .badInput)
        case .invalid(let path, let diagnostics):
            let count = diagnostics.count { $0.severity == .error }
            self.init(
                "\(path): \(count == 1 ? "1 mistake" : "\(count) mistakes"), nothing was run",
                before: diagnostics.map { $0.render(on: .error) }, status: .badInput)
        }
    }

    /// Plain or coloured lines, ending with a newline.
    func render(on terminal: Terminal) -> String {
        var lines = before + [Colour.red.paint("netlab: error:", on: terminal) + " " + message]
        if let hint { lines.append(Colour.cyan.paint("hint:", on: terminal) + " " + hint) }
        return (lines + more).joined(separator: "\n") + "\n"
    }

    /// Writes to standard error and gives the status back.
    func write() -> CommandLineKit.ExitStatus {
        ErrorOutput.write(render(on: .error))
        return status
    }
}
