package import LabModel
package import LinuxKit

/// Why an engine did not run, or did not bring back a status.
package enum EngineError: Error, Sendable {
    /// There is no embedded kernel; these places were looked at.
    case missingKernel(searched: [String])
    /// No folder can hold the embedded kernel's memory; each was refused for the reason given.
    case noMemoryFolder(needed: ByteCount, refused: [MemoryFolder.Refusal])
    /// A path cannot be given to the embedded kernel.
    case unusablePath(String)
    /// A file or folder outside cannot be made, read or written.
    case file(SystemCallError)
    /// The engine's process does not start.
    case spawn(SpawnError)
    /// The inner side could not prepare itself.
    case preparation(String)
    /// The embedded kernel panicked.
    case panicked(reason: String, lastLines: [String])
    /// The program inside crashed with this signal, or ended without leaving a status (nil).
    case crashed(signal: Int32?, lastLines: [String])
    /// The engine's process was killed from outside.
    case killed(ExitStatus, lastLines: [String])
    /// The stay made no progress and was ended.
    case stuck(Stall, lastLines: [String])
    /// The user asked twice for an end.
    case interrupted
}

extension EngineError: CustomStringConvertible {
    /// One line, lower case, without a full stop.
    package var description: String {
        switch self {
        case .missingKernel: "there is no embedded kernel yet"
        case .noMemoryFolder(let needed, let refused):
            "no folder can hold the embedded kernel's memory of \(needed.bytes >> 20) MiB: "
                + refused.map { "\($0.folder) \($0.reason)" }.joined(separator: ", ")
        case .unusablePath(let path):
            "the embedded kernel cannot be given the path '\(path)' (it holds a quote or a newline)"
        case .file(let error): error.description
        case .spawn(let error): error.description
        case .preparation(let reason): "the engine cannot prepare itself: \(reason)"
        case .panicked(let reason, _): "the embedded kernel panicked: \(reason)"
        case .crashed(let signal?, _): "the program inside the engine crashed (\(ExitStatus.killed(by: signal)))"
        case .crashed(nil, _): "the program inside the engine ended without a status"
        case .killed(let status, _): "the engine was ended from outside (\(status))"
        case .stuck(let stall, _): stall.description
        case .interrupted: "interrupted"
        }
    }

    /// Nothing was started: no run can begin here before this is mended, or the user wanted none.
    package var isAboutThisMachine: Bool {
        switch self {
        case .missingKernel, .noMemoryFolder, .unusablePath, .preparation, .interrupted: true
        case .file, .spawn, .panicked, .crashed, .killed, .stuck: false
        }
    }

    /// What would mend it; nil where nothing is known.
    package var remedy: String? {
        switch self {
        case .missingKernel(let searched):
            "build it once with 'netlab kernel build' (looked in \(searched.joined(separator: ", ")))"
        case .noMemoryFolder: "set TMPDIR to a folder with enough space on a file system mounted without 'noexec'"
        case .preparation: "'netlab doctor' tries every engine and says which works here"
        case .unusablePath: "move the folder to a path without quotes"
        default: nil
        }
    }

    /// The last that the kernel's console or the program's errors showed; empty where there was none.
    package var lastLines: [String] {
        switch self {
        case .panicked(_, let lines), .crashed(_, let lines), .killed(_, let lines), .stuck(_, let lines): lines
        default: []
        }
    }
}
