internal import Glibc

/// How a process ended.
package enum ExitStatus: Hashable, Sendable, CustomStringConvertible {
    /// It returned this code, 0...255.
    case exited(Int32)
    /// This signal killed it.
    case killed(by: Int32)

    /// It returned 0.
    package static let success = ExitStatus.exited(0)

    /// The code a shell would show: 128 and the signal for one that was killed.
    package var shellCode: Int32 {
        switch self {
        case .exited(let code): code
        case .killed(let signal): 128 + signal
        }
    }

    /// `exited with code 3`, `killed by signal 9 (Killed)`.
    package var description: String {
        switch self {
        case .exited(let code): "exited with code \(code)"
        case .killed(let signal): "killed by signal \(signal) (\(strsignal(signal).map { String(cString: $0) } ?? "?"))"
        }
    }
}

/// Why a program did not start.
package enum SpawnError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no such program, or not in `PATH`.
    case notFound(String)
    /// It is there and cannot be executed.
    case notExecutable(String, Errno)
    /// Its working directory cannot be entered.
    case directory(String, Errno)
    /// Its network namespace cannot be entered.
    case namespace(Errno)
    /// A file for one of its streams, or a pipe or process for it, cannot be made.
    case resource(SystemCallError)

    /// One line without a full stop.
    package var description: String {
        switch self {
        case .notFound(let program): "cannot start \(program): there is no such program"
        case .notExecutable(let program, let error): "cannot start \(program): \(error)"
        case .directory(let path, let error): "cannot enter the folder \(path): \(error)"
        case .namespace(let error): "cannot enter a network namespace: \(error)"
        case .resource(let error): error.description
        }
    }
}
