internal import Glibc
internal import LabModel
internal import LinuxKit

/// The log files of a stay inside an engine.
struct EngineLog: Sendable {
    let folder: String

    /// What the embedded kernel said on its console.
    var console: String { folder + "/kernel.log" }

    /// What the inner side and its children wrote to their standard error.
    var errors: String { folder + "/inside.log" }

    /// The last lines of a log; none where it cannot be read.
    static func lastLines(_ path: String, count: Int = 15) -> [String] {
        var splitter = LineSplitter()
        guard let bytes = try? File.read(path) else { return [] }
        let lines = splitter.add(bytes) + [splitter.finish()].compactMap { $0 }
        return lines.filter { !$0.isEmpty }.suffix(count)
    }
}

/// Why an engine ended without a status, worked out from what it left.
struct EngineAutopsy {
    let kind: EngineKind
    let log: EngineLog
    let status: ExitStatus

    var error: EngineError {
        let console = kind == .host ? [] : EngineLog.lastLines(log.console)
        let errors = EngineLog.lastLines(log.errors)
        if let panic = console.last(where: { $0.contains(Self.panicMark) }) {
            return error(ofPanic: panic, console, errors)
        }
        switch status {
        case .killed(SIGKILL), .killed(SIGTERM), .killed(SIGINT): return .killed(status, lastLines: console + errors)
        case .killed(let signal) where kind == .host: return .crashed(signal: signal, lastLines: errors)
        case .killed, .exited:
            if kind == .host { return .crashed(signal: nil, lastLines: errors) }
            return .panicked(reason: "it ended before the program inside did (\(status))", lastLines: console + errors)
        }
    }

    private static let panicMark = "Kernel panic - not syncing: "

    /// A kernel whose PID 1 ends panics too; what matters then is how PID 1 ended.
    private func error(ofPanic line: String, _ console: [String], _ errors: [String]) -> EngineError {
        let reason = line.components(after: Self.panicMark)
        guard reason.hasPrefix("Attempted to kill init!") else {
            return .panicked(reason: reason, lastLines: console)
        }
        let code = Int32(reason.components(after: "exitcode=0x"), radix: 16) ?? 0
        return .crashed(signal: code & 0x7f == 0 ? nil : code & 0x7f, lastLines: errors.isEmpty ? console : errors)
    }
}

extension String {
    /// What follows the last place of `mark`; all of it where `mark` is not there.
    fileprivate func components(after mark: String) -> String {
        guard let range = lastRange(of: mark) else { return self }
        return String(self[range.upperBound...])
    }

    private func lastRange(of mark: String) -> Range<String.Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
        }
        return nil
    }
}
