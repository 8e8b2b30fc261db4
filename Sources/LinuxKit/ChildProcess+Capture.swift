extension ChildProcess {
    /// What a program that ran to its end left behind.
    package struct Result: Sendable {
        /// How it ended.
        package let status: ExitStatus
        /// All it wrote to its output.
        package let output: [UInt8]
        /// All it wrote to its errors.
        package let errors: [UInt8]

        /// The output as text.
        package var outputText: String { String(decoding: output, as: UTF8.self) }
        /// The errors as text.
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
    }

    /// Runs a program to its end and collects what it writes, both streams at the same time, however much it is.
    package static func run(_ command: Command, timeout: Int64? = nil) throws(SpawnError) -> Result {
        var command = command
        command.output = .pipe
        command.errors = .pipe
        let child = try start(command)
        let output = Collected(child.takeOutput())
        let errors = Collected(child.takeErrors())
        if let timeout, child.wait(timeout: timeout) == nil { child.terminate(grace: 1_000_000_000) }
        return Result(status: child.wait(), output: output.finish(), errors: errors.finish())
    }
}

/// Reads a descriptor to its end on a thread of its own.
private struct Collected {
    private let bytes = Condition<[UInt8]?>(nil)

    init(_ descriptor: consuming FileDescriptor?) {
        guard let descriptor else {
            bytes.change { $0 = [] }
            return
        }
        let raw = descriptor.release()
        let bytes = bytes
        do throws(Errno) {
            _ = try Thread.run(named: "collector") {
                let read = Self.readAll(FileDescriptor(owning: raw))
                bytes.change { $0 = read }
            }
        } catch {
            bytes.change { $0 = Self.readAll(FileDescriptor(owning: raw)) }
        }
    }

    func finish() -> [UInt8] { bytes.wait { $0 } ?? [] }

    private static func readAll(_ descriptor: consuming FileDescriptor) -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try? descriptor.read(upTo: 65536), !more.isEmpty { bytes += more }
        return bytes
    }
}
