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
    package var memory = defaultMemory
    /// Kernels that are to find room for their memory side by side: it is taken as they use it, so that a folder which
    /// still has room for one may have none left for what others took already.
    package var sideBySide = 1
    /// How long the stay may show no progress, by the machine's clock; nil is for ever.
    package var stallLimit: TimeSpan?
    /// How much time may pass inside before the stay is taken for stuck; nil is any.
    package var longestStay: TimeSpan?
    /// What all random numbers of the kernel in virtual time follow from; the other engines' are random.
    package var seed: UInt64 = 0
    /// The inner side's environment. `TMPDIR` is left out, since the folder may not be there.
    package var environment: [String: String]
    /// The inner side's working directory; nil is the caller's.
    package var directory: String?

    /// An embedded kernel's memory where nothing else is asked for.
    package static let defaultMemory = ByteCount(512 << 20)

    /// A stay with the caller's environment.
    package init(kind: EngineKind, arguments: [String], writable: String, logs: String? = nil) {
        self.kind = kind
        self.arguments = arguments
        self.writable = writable
        self.logs = logs
        environment = Environment.current
    }
}
