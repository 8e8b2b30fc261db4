import CommandLineKit
import Engine
import Glibc
import LinuxKit

/// The one place that words errors for the user and picks the status to end with.
struct ErrorReport {
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
        case let error as EngineError:
            self.init(
                error.description, hint: error.remedy, more: error.lastLines.map { "    " + $0 },
                status: Self.status(of: error))
        case let error as KernelBuildError:
            self.init(
                error.description, hint: error.remedy, more: error.lastLines.map { "    " + $0 },
                status: Self.status(of: error))
        case let error as SystemCallError:
            self.init(error.description, status: .invalid)
        case let error as SpawnError:
            self.init(error.description, status: .invalid)
        default:
            self.init(
                "unexpected error: \(error)", hint: "this is a bug in netlab; please report it with this line",
                status: .bug)
        }
    }

    private static func status(of error: EngineError) -> CommandLineKit.ExitStatus {
        switch error {
        case .missingKernel, .noMemoryFolder, .noNamespaces, .unusablePath: .unsupported
        case .interrupted: .interrupted
        case .file, .spawn, .preparation, .panicked, .crashed, .killed: .invalid
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

    private init(_ message: String, hint: String? = nil, more: [String] = [], status: CommandLineKit.ExitStatus) {
        self.message = message
        self.hint = hint
        self.more = more
        self.status = status
    }

    /// Plain or coloured lines, ending with a newline.
    func render(on terminal: Terminal) -> String {
        var lines = [Colour.red.paint("netlab: error:", on: terminal) + " " + message]
        if let hint { lines.append(Colour.cyan.paint("hint:", on: terminal) + " " + hint) }
        return (lines + more).joined(separator: "\n") + "\n"
    }

    /// Writes to standard error and gives the status back.
    func write() -> CommandLineKit.ExitStatus {
        ErrorOutput.write(render(on: .error))
        return status
    }
}

/// Standard error, unbuffered: Swift 6 does not let C's `stderr` through.
enum ErrorOutput {
    /// Writes all of `text`; what cannot be written to standard error has nowhere else to go.
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
