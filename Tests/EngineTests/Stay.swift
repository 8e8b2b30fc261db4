import LabModel
import LinuxKit
import Testing

@testable import Engine

/// One stay inside an engine, in a folder of its own, with all that came of it.
final class Stay: Sendable {
    let folder: ScratchFolder
    let session: EngineSession
    private let printed = Condition<[(line: String, time: Int64)]>([])

    /// Runs a shell script inside.
    init(
        _ kind: EngineKind, _ script: String, folder: ScratchFolder? = nil, installation: Installation? = nil,
        memory: ByteCount = ByteCount(256 << 20), stallLimit: TimeSpan? = nil, longestStay: TimeSpan? = nil
    ) throws {
        let installation = try installation ?? Self.installation()
        self.folder = try folder ?? ScratchFolder()
        var run = EngineRun(
            kind: kind, arguments: ["command", "output", "sh", "-c", script], writable: self.folder.path,
            logs: self.folder / "logs")
        run.memory = memory
        run.stallLimit = stallLimit
        run.longestStay = longestStay
        let printed = printed
        session = try EngineSession.start(
            run, installation: installation, kernel: try Self.kernel(),
            onLine: { line in printed.change { $0.append((line, Clock.monotonic())) } })
    }

    func code() throws -> Int32 { try session.wait().code }

    var lines: [String] { printed.look { $0.map(\.line) } }

    /// When each line came (ns).
    var times: [Int64] { printed.look { $0.map(\.time) } }

    /// Waits until the inner side has printed so many lines.
    func await(lines count: Int) throws {
        let deadline = Clock.monotonic() + 20_000_000_000
        try #require(printed.wait(untilMonotonic: deadline) { $0.count >= count ? true : nil } == true)
    }

    /// The programs lie beside the tests.
    static func installation() throws -> Installation {
        let folder = Directory.parent(of: try Host.executable())
        return Installation(executable: folder + "/netlab")
    }

    static func kernel() throws -> Kernel {
        let installation = try installation()
        return try #require(
            KernelStore(installation: installation).find(for: installation),
            "no embedded kernel; 'netlab kernel build' makes one")
    }

    /// Processes of this machine whose command line names the folder.
    static func processes(naming folder: String) throws -> [String] {
        try Directory.list("/proc").filter { Int($0) != nil }.filter { pid in
            let line = (try? File.readText("/proc/\(pid)/cmdline")) ?? ""
            return line.contains(folder)
        }
    }
}
