package import LabModel
internal import LinuxKit

/// One stay inside an engine: which, what runs there, and what it may write.
package struct EngineRun: Sendable {
    /// Which kernel.
    package var kind: EngineKind
    /// The inner command's name and its arguments, as `Inside` looks them up.
    package var arguments: [String]
    /// The folder that the inner side may write to, under the same path; everything else is read-only in an embedded
    /// kernel, but for what is in its memory.
    package var writable: String
    /// The folder, in `writable`, for `kernel.log` (the console) and `inside.log` (the inner side's errors); nil keeps
    /// neither.
    package var logs: String?
    /// The embedded kernel's memory.
    package var memory = ByteCount(512 << 20)
    /// The inner side's environment. `TMPDIR` is left out, since the folder may not be there.
    package var environment: [String: String]
    /// The inner side's working directory; nil is the caller's.
    package var directory: String?

    /// A stay with the caller's environment.
    package init(kind: EngineKind, arguments: [String], writable: String, logs: String? = nil) {
        self.kind = kind
        self.arguments = arguments
        self.writable = writable
        self.logs = logs
        environment = Environment.current
    }
}
