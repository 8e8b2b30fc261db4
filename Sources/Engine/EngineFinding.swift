package import LabModel
internal import LinuxKit

/// Whether an engine works on this machine: tried, not guessed.
package struct EngineFinding: Sendable {
    package let kind: EngineKind
    /// Why it does not work; nil where it does.
    package let objection: String?
    /// The one command or step that would mend it; nil where it works or nothing is known.
    package let remedy: String?
    /// How long the try took (ns).
    package let duration: Int64

    package var works: Bool { objection == nil }

    /// The inner command that tries netem: it returns 0 where that works, and else prints the reason.
    package static let probeCommand = "probe"

    /// Enters the engine, with all that belongs to it, and has the inner side add a netem.
    package static func find(_ kind: EngineKind, installation: Installation, kernel: Kernel?) -> EngineFinding {
        let start = Clock.monotonic()
        let result = attempt(kind, installation, kernel)
        return EngineFinding(
            kind: kind, objection: result?.objection, remedy: result?.remedy, duration: Clock.monotonic() - start)
    }

    private typealias Objection = (objection: String, remedy: String?)

    private static func attempt(_ kind: EngineKind, _ installation: Installation, _ kernel: Kernel?) -> Objection? {
        let folder: String
        do throws(SystemCallError) {
            // In the cache: what is killed here leaves nothing elsewhere.
            try Directory.make(CacheFolder.path())
            folder = try Directory.makeUnique(CacheFolder.path() + "/probe-")
        } catch {
            return (error.description, "set XDG_CACHE_HOME to a folder that you may write to")
        }
        defer { try? Directory.removeTree(folder) }
        do throws(EngineError) {
            var run = EngineRun(kind: kind, arguments: [probeCommand], writable: folder)
            run.stallLimit = .seconds(60)
            return try objection(run, installation, kernel)
        } catch {
            let more = error.lastLines.last.map { " (\($0))" } ?? ""
            return (error.description + more, error.remedy)
        }
    }

    private static func objection(
        _ run: EngineRun, _ installation: Installation, _ kernel: Kernel?
    ) throws(EngineError) -> Objection? {
        let lines = Condition<[String]>([])
        let session = try EngineSession.start(
            run, installation: installation, kernel: kernel, onLine: { line in lines.change { $0.append(line) } })
        if try session.wait().code == 0 { return nil }
        let reason = lines.look { $0.joined(separator: "; ") }
        let remedy = run.kind == .host && kernel != nil && !hasModule("sch_netem") ? nil : remedy(of: run.kind)
        return (reason.isEmpty ? "netem cannot be added" : reason, remedy)
    }

    private static func remedy(of kind: EngineKind) -> String {
        switch kind {
        case .host where hasModule("sch_netem"): "sudo modprobe sch_netem"
        // Nothing mends a kernel without it; the other engines need nothing of this one.
        case .host: "netlab kernel build"
        case .embedded, .virtual: "netlab kernel build"
        }
    }

    private static func hasModule(_ name: String) -> Bool {
        let list = try? File.readText("/lib/modules/\(Host.kernelRelease)/modules.dep")
        return list?.split(separator: "\n").contains { $0.prefix { $0 != ":" }.contains("/\(name).ko") } ?? false
    }
}
