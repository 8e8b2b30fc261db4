import CommandLineKit
import Engine
import LabModel
import LinuxKit

/// What netlab finds of itself on a machine.
struct Diagnosis: Encodable {
    /// One thing that was looked at.
    struct Finding: Encodable {
        let name: String
        let works: Bool
        /// What was found, or why it does not work.
        let detail: String
        /// The one command that would mend it; absent where nothing needs it.
        let remedy: String?
        /// How long the try took, in seconds; absent where nothing was tried.
        let seconds: Double?
    }

    let version = Version.current
    let hostKernel = Host.kernelRelease
    let engines: [Finding]
    /// The engine that `auto` takes.
    let automatic: EngineKind?
    let parts: [Finding]

    init(installation: Installation) {
        let kernel = KernelStore(installation: installation).find(for: installation)
        let findings = EngineKind.allCases.map {
            EngineFinding.find($0, installation: installation, kernel: kernel)
        }
        engines = findings.map { Self.engine($0, kernel) }
        automatic = findings.first { $0.kind != .virtual && $0.works }?.kind
        parts = [Self.kernel(kernel), Self.worker(installation), Self.folder("scenarios", installation.scenarios)]
    }

    /// Whether at least one engine and the media worker are there.
    var canRun: Bool { automatic != nil && parts.allSatisfy(\.works) }

    private static func engine(_ finding: EngineFinding, _ kernel: Kernel?) -> Finding {
        let good =
            finding.kind == .host
            ? "netem works in Linux \(Host.kernelRelease)" : "netem works in \(kernel?.path ?? "")"
        return Finding(
            name: "engine \(finding.kind.rawValue)", works: finding.works, detail: finding.objection ?? good,
            remedy: finding.remedy, seconds: Double(finding.duration) / 1e9)
    }

    private static func kernel(_ kernel: Kernel?) -> Finding {
        Finding(
            name: "embedded kernel", works: kernel != nil,
            detail: kernel.map { "\($0.version ?? "NETLAB_KERNEL") in \($0.path)" } ?? "not built yet",
            remedy: kernel == nil ? "netlab kernel build" : nil, seconds: nil)
    }

    private static func worker(_ installation: Installation) -> Finding {
        let folder = Directory.parent(of: installation.executable)
        guard let path = installation.mediaWorker else {
            return Finding(
                name: "netlab-media", works: false, detail: "missing in \(folder)", remedy: "make build", seconds: nil)
        }
        return Finding(name: "netlab-media", works: true, detail: path, remedy: nil, seconds: nil)
    }

    private static func folder(_ name: String, _ path: String?) -> Finding {
        Finding(
            name: name, works: path != nil, detail: path ?? "missing in this installation",
            remedy: path == nil ? "make install" : nil, seconds: nil)
    }
}

extension Diagnosis {
    /// For people.
    func lines(on terminal: Terminal) -> [String] {
        let width = (engines + parts).map(\.name.count).max() ?? 0
        let table = (engines + parts).flatMap { finding -> [String] in
            let mark =
                finding.works ? Colour.green.paint("works ", on: terminal) : Colour.red.paint("fails ", on: terminal)
            let name = finding.name + String(repeating: " ", count: width - finding.name.count)
            let line = "\(mark) \(name)  \(finding.detail)"
            let indent = String(repeating: " ", count: width + 9)
            return [line]
                + (finding.remedy.map { ["\(indent)\(Colour.cyan.paint("mend:", on: terminal)) \($0)"] } ?? [])
        }
        return table + ["", "engine auto takes: \(automatic?.rawValue ?? "none")"]
    }
}
