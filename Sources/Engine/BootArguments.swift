internal import LabModel

/// The command line of the embedded kernel.
struct BootArguments {
    var kind: EngineKind
    var memory: ByteCount
    /// The program that becomes PID 1.
    var program: String
    var writable: String
    var scratch: EngineScratch

    /// The names under which PID 1 finds the two folders in its environment.
    static let writableName = "NETLAB_WRITABLE"
    static let scratchName = "NETLAB_SCRATCH"

    func words() throws(EngineError) -> [String] {
        var words = [
            "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "mem=\(memory.bytes >> 20)M",
            "init=\(try quoted(program))",
            // The console is descriptor 2, for the log; the first terminal carries the request to stop inwards.
            "con=null", "con0=null,fd:2", "con1=fd:0,null", "quiet", "seccomp=on",
            "uml_dir=\(scratch.kernelFiles)", "umid=lab",
            "\(Self.writableName)=\(try quoted(writable))", "\(Self.scratchName)=\(try quoted(scratch.path))",
        ]
        if kind == .virtual { words.append("time-travel=inf-cpu") }
        return words + ["--", "inside", "embedded"]
    }

    /// The kernel cuts its command line at spaces outside double quotes, and knows no escape for a quote.
    private func quoted(_ path: String) throws(EngineError) -> String {
        if path.contains(where: { $0 == "\"" || $0.isNewline }) { throw .unusablePath(path) }
        return "\"\(path)\""
    }
}
