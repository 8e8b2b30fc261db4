internal import Glibc
package import LabModel
package import LinuxKit

/// The inner side of an engine: the first process of new namespaces or of the embedded kernel.
package enum Inside {
    /// What the inner side knows of its stay.
    package struct Context: Sendable {
        /// The engine.
        package let kind: EngineKind
        /// What follows the inner command's name.
        package let arguments: [String]
        /// The user's wish to end.
        package let stop: StopRequest
        /// What the outer side feeds, where it does.
        package let input: InsideInput
    }

    /// An inner command; returns its exit code, 0...255.
    package typealias Command = @Sendable (Context) -> Int32

    /// Whether this process is the first of an embedded kernel, which has mounted nothing yet.
    package static var isFirstOfKernel: Bool {
        Host.processID == 1 && Environment.value(BootArguments.markName) != nil
    }

    /// Does all that the hidden subcommand `inside` is for: `words` are those after it. To be called while the process
    /// has one thread. Returns only where it could not begin, with an exit code; else it ends the process or the
    /// machine.
    package static func run(_ words: [String], commands: [String: Command]) -> Int32 {
        switch words.first {
        case "host" where words.count == 2: enterNamespaces(scratch: words[1])
        case "first" where words.count == 2: beFirst(EngineScratch(path: words[1]), commands)
        case "embedded": bootEmbedded(commands)
        default: 64
        }
    }

    private static func enterNamespaces(scratch: String) -> Int32 {
        let refusal = NewNamespaces.execute(["netlab", "inside", "first", scratch])
        let what = refusal.lacksUserNamespace ? "a user namespace" : "new namespaces"
        report("\(what) cannot be made: \(refusal.errno)", to: EngineScratch(path: scratch))
        return 70
    }

    private static func bootEmbedded(_ commands: [String: Command]) -> Int32 {
        do throws(SystemCallError) {
            _ = beFirst(try EngineScratch.ofKernel(), commands) { request throws(SystemCallError) in
                if request.kind == .virtual { try Host.seedRandomness(request.seed) }
                try EmbeddedMounts.prepare(writable: request.writable)
                if request.kind == .virtual { try levelVirtualTime(request.seed) }
            }
        } catch {
            ErrorLine.write("netlab: cannot find the embedded kernel's folder: \(error)")
        }
        powerOff()
    }

    /// Brings every run to the same state, whatever there was to mount: each call that fails takes time there, and each
    /// file in a tmpfs takes a random number.
    private static func levelVirtualTime(_ seed: UInt64) throws(SystemCallError) {
        Clock.sleepToRoundTime()
        try Host.seedRandomness(seed)
    }

    private static func beFirst(
        _ scratch: EngineScratch, _ commands: [String: Command],
        prepare: (InsideRequest) throws(SystemCallError) -> Void = { _ in }
    ) -> Int32 {
        do throws(SystemCallError) {
            guard let request = InsideRequest(decoding: try File.read(scratch.request)) else {
                report("its request cannot be read", to: scratch)
                return 70
            }
            try prepare(request)
            let code = try InsideStay(request: request, scratch: scratch).run(commands)
            try File.write(String(code), to: scratch.status)
            return code
        } catch {
            report(error.description, to: scratch)
            return 70
        }
    }

    private static func report(_ reason: String, to scratch: EngineScratch) {
        do throws(SystemCallError) {
            try File.write(reason, to: scratch.failure)
        } catch {
            ErrorLine.write("netlab: \(reason); and \(error)")
        }
    }

    private static func powerOff() -> Never {
        Host.powerOff()
        _exit(70)
    }
}

/// Standard error of the inner side, a line at a time.
enum ErrorLine {
    static func write(_ line: String) {
        // Where this fails there is nobody to tell.
        try? FileDescriptor.duplicate(STDERR_FILENO).writeAll(line + "\n")
    }
}
