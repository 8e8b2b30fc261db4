internal import LabModel

/// The command line of the embedded kernel. It names no file of one run, so that every run boots the same: what differs
/// is in the kernel's working directory.
struct BootArguments {
    var kind: EngineKind
    var memory: ByteCount
    /// The program that becomes PID 1.
    var program: String

    /// The name by which PID 1 knows in its environment what it is.
    static let markName = "NETLAB_ENGINE"

    /// When the clock of virtual time starts (ns since 1970): 2000-01-01T00:00:00Z, in every run.
    static let virtualStart: Int64 = 946_684_800_000_000_000

    /// What every program in virtual time finds in its environment. Swift's hashes follow from random numbers otherwise:
    /// sets and dictionaries would have another order in each run, and PID 1 would wait for the numbers that it is to
    /// seed.
    static let virtualEnvironment = ["SWIFT_DETERMINISTIC_HASHING": "1"]

    func words() throws(EngineError) -> [String] {
        var words = [
            "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "mem=\(memory.bytes >> 20)M",
            "init=\(try quoted(program))",
            // The console is descriptor 2, for the log; the first terminal carries the request to stop inwards.
            "con=null", "con0=null,fd:2", "con1=fd:0,null", "quiet", "seccomp=on",
            "uml_dir=\(EngineScratch.kernelFiles)/", "umid=lab", "\(Self.markName)=\(kind.rawValue)",
        ]
        if kind == .virtual {
            words += ["time-travel=inf-cpu", "time-travel-start=\(Self.virtualStart)"]
            words += Self.virtualEnvironment.map { "\($0.key)=\($0.value)" }
        }
        return words + ["--", "inside", "embedded"]
    }

    /// The kernel cuts its command line at spaces outside double quotes, and knows no escape for a quote.
    private func quoted(_ path: String) throws(EngineError) -> String {
        if path.contains(where: { $0 == "\"" || $0.isNewline }) { throw .unusablePath(path) }
        return "\"\(path)\""
    }
}
