internal import CLinux
internal import Glibc

/// Copies of this process that belong to its parent: what was loaded once need not be loaded again.
package enum SiblingFork {
    /// Which of the two returned.
    package enum Side: Sendable {
        case original(copy: Int32)
        case copy
    }

    /// Copies this process; its parent has to `ChildProcess.adopt` the copy. To be called while this process has one
    /// thread of its own and no packet ring mapped. Corresponds to `clone(CLONE_PARENT)`.
    package static func make() throws(Errno) -> Side {
        let pid = try retryingInterrupts { linux_fork_sibling() }
        return pid == 0 ? .copy : .original(copy: pid)
    }

    /// What a copy lives with, opened before it is made.
    package struct Home: ~Copyable {
        private let name: String
        private let input: FileDescriptor
        private let output: FileDescriptor
        private let errors: FileDescriptor
        private let namespace: FileDescriptor

        /// - Parameters:
        ///   - name: the process's, as `ps` shows it.
        ///   - namespace: the path of a network namespace.
        package static func open(
            name: String, input: String, output: String, errors: String, namespace: String
        ) throws(SystemCallError) -> Home {
            Home(
                name: name, input: try .open(input), output: try .open(output, O_WRONLY),
                errors: try .open(errors, O_WRONLY | O_CREAT | O_APPEND), namespace: try .open(namespace))
        }

        /// Makes it the calling process's, which is the copy. Requires CAP_SYS_ADMIN. Corresponds to `dup2` and
        /// `setns`.
        package consuming func settle() throws(SystemCallError) {
            linux_name_thread(String(name.prefix(15)))
            let streams = [(errors.raw, STDERR_FILENO), (input.raw, STDIN_FILENO), (output.raw, STDOUT_FILENO)]
            for (raw, standard) in streams {
                try SystemCallError.naming("redirect", "descriptor \(standard)") { () throws(Errno) in
                    try retryingInterrupts { dup2(raw, standard) }
                }
            }
            let raw = namespace.raw
            try SystemCallError.naming("enter", "a network namespace") { () throws(Errno) in
                try retryingInterrupts { linux_enter_network_namespace(raw) }
            }
        }
    }
}

extension FileDescriptor {
    /// The path under which another process of this user finds descriptor `raw` of this one.
    package static func path(of raw: Int32) -> String { "/proc/\(getpid())/fd/\(raw)" }
}
