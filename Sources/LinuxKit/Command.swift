internal import Glibc

/// A program to start, and how.
package struct Command: Sendable {
    /// Where one of the child's standard streams leads.
    package enum Stream: Sendable, Equatable {
        /// /dev/null.
        case null
        /// The same as this process's.
        case inherited
        /// A descriptor that stays open here and belongs to the caller.
        case descriptor(Int32)
        /// A file; written ones are made or appended to.
        case file(String)
        /// A pipe whose other end the `ChildProcess` hands out.
        case pipe
        /// Errors only: where the output goes.
        case output
    }

    /// A path, or a name to look for in `PATH` of `environment`.
    package var program: String
    /// What follows the program's name.
    package var arguments: [String]
    /// What stands before the arguments where `ps` shows the child; nil is the program.
    package var title: String?
    /// All of the child's environment.
    package var environment: [String: String] = Environment.current
    /// The child's working directory; nil is the caller's.
    package var directory: String?
    /// The child's standard input.
    package var input = Stream.null
    /// The child's standard output.
    package var output = Stream.inherited
    /// The child's standard error.
    package var errors = Stream.inherited
    /// The namespace that the child starts in; nil is this process's. Requires CAP_SYS_ADMIN.
    package var namespace: NetworkNamespace?
    /// Whether the kernel kills the child (SIGKILL) when this process ends, however it ends.
    package var diesWithParent = true
    /// The only processor that the child and its children may use; nil is any that this process may.
    package var processor: Int32?
    /// Whether the child leads a process group, so that a terminal's Ctrl-C does not reach it.
    package var hasOwnGroup = true
    /// Whether the child leads a session of its own, whose terminal is its standard input.
    package var controlsTerminal = false
    /// Whether a crash of the child leaves no core file, wherever the machine puts those.
    package var leavesNoCore = false
    /// Whether the system gives the child and its children no random numbers: getrandom(2) returns 0 to them.
    package var lacksRandomness = false

    /// A program with its arguments.
    package init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }
}

/// The environment of this process.
package enum Environment {
    /// All of it.
    package static var current: [String: String] {
        var result: [String: String] = [:]
        var entry = environ
        while let raw = entry.pointee {
            let pair = String(cString: raw)
            if let equals = pair.firstIndex(of: "=") {
                result[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            entry += 1
        }
        return result
    }

    /// One variable; nil where it is missing or empty.
    package static func value(_ name: String) -> String? {
        guard let raw = getenv(name), raw.pointee != 0 else { return nil }
        return String(cString: raw)
    }

    /// Where `name` is in the folders of `path` (as `PATH`), the first that may be executed; a name with a slash is
    /// looked at as it is.
    package static func find(_ name: String, in path: String? = value("PATH")) -> String? {
        if name.contains("/") { return File.isExecutable(name) ? name : nil }
        let folders = (path ?? defaultPath).split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: File.isExecutable)
    }

    /// The folders of programs where `PATH` says nothing.
    package static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
}
