import Glibc
import LabModel
import LinuxKit
import Testing

@testable import Engine

@Suite(.serialized) struct EngineFaultTests {
    @Test func `a first program that ends without a status is told as such`() throws {
        let stay = try Stay(.embedded, "", installation: Installation(executable: "/bin/false"))
        let error = #expect(throws: EngineError.self) { try stay.session.wait() }
        guard case .crashed(signal: nil, let lines)? = error else {
            Issue.record("not a crash: \(String(describing: error))")
            return
        }
        #expect(lines.contains { $0.contains("Attempted to kill init") })
    }

    @Test func `a panic is told with the console's last lines`() throws {
        let stay = try Stay(.embedded, "", installation: Installation(executable: "/no/such/program"))
        let error = #expect(throws: EngineError.self) { try stay.session.wait() }
        guard case .panicked(let reason, let lines)? = error else {
            Issue.record("not a panic: \(String(describing: error))")
            return
        }
        #expect(reason.contains("init"))
        #expect(!lines.isEmpty)
    }

    @Test func `a kernel that is killed from outside is told as such`() throws {
        let stay = try Stay(.embedded, "echo ready; sleep 60")
        try stay.await(lines: 1)
        for pid in try Stay.processes(naming: stay.folder.path) { kill(try #require(Int32(pid)), SIGKILL) }
        let error = #expect(throws: EngineError.self) { try stay.session.wait() }
        guard case .killed(.killed(by: SIGKILL), _)? = error else {
            Issue.record("not killed: \(String(describing: error))")
            return
        }
    }

    @Test func `without a kernel, says where it looked`() throws {
        let folder = try ScratchFolder()
        let run = EngineRun(kind: .embedded, arguments: ["command", "output", "true"], writable: folder.path)
        let error = #expect(throws: EngineError.self) {
            try EngineSession.start(run, installation: try Stay.installation(), kernel: nil, onLine: { _ in })
        }
        #expect(error?.remedy?.contains("netlab kernel build") == true)
        #expect(try Directory.list(folder.path).isEmpty)
    }

    @Test func `memory that fits nowhere is refused before anything starts`() throws {
        let error = #expect(throws: EngineError.self) {
            try Stay(.embedded, "true", memory: ByteCount(1 << 50))
        }
        #expect(error?.description.contains("no folder can hold") == true)
    }

    @Test func `an inner command that is not there is told`() throws {
        let folder = try ScratchFolder()
        let run = EngineRun(kind: .embedded, arguments: ["nonsense"], writable: folder.path)
        let session = try EngineSession.start(
            run, installation: try Stay.installation(), kernel: try Stay.kernel(), onLine: { _ in })
        let error = #expect(throws: EngineError.self) { try session.wait() }
        #expect(error?.description.contains("nonsense") == true)
    }

    @Test(arguments: EngineKind.allCases)
    func `killing netlab ends everything inside`(_ kind: EngineKind) throws {
        let folder = try ScratchFolder()
        var command = Command(
            try Stay.installation().executable,
            ["kernel", "run", "--engine", kind.rawValue, "--memory", "256", "--writable", folder.path, "--"]
                + ["sh", "-c", "echo ready; sleep 600 # \(folder.path)"])
        command.environment["NETLAB_KERNEL"] = try Stay.kernel().path
        command.output = .pipe
        let netlab = try ChildProcess.start(command)
        guard let output = netlab.takeOutput() else { throw Errno.invalidArgument }
        var lines = LineReader(output)
        let first = try lines.next()
        #expect(first == "ready")
        #expect(try !Stay.processes(naming: folder.path).isEmpty)
        netlab.signal(SIGKILL)
        netlab.wait()
        let deadline = Clock.monotonic() + 2_000_000_000
        while try !Stay.processes(naming: folder.path).isEmpty, Clock.monotonic() < deadline {
            Clock.sleep(for: 10_000_000)
        }
        #expect(try Stay.processes(naming: folder.path).isEmpty)
        // It could not tidy up; another does, and touches nothing that is in use.
        let stay = try Stay(.virtual, "echo ready; while :; do sleep 1; done", folder: folder)
        try stay.await(lines: 1)
        #expect(try Directory.list(folder.path).count { $0.hasPrefix(".netlab-") } == 2)
        EngineScratch.removeOrphans(from: folder.path)
        #expect(try Directory.list(folder.path).count { $0.hasPrefix(".netlab-") } == 1)
        stay.session.requestStop()
        _ = try? stay.code()
        #expect(try Directory.list(folder.path) == ["logs"])
    }

    private static let isRoot = ConditionTrait.enabled(if: Host.userID == 0, "only root can become another user")

    @Test(isRoot, arguments: [EngineKind.embedded, .virtual])
    func `an ordinary user without a home will do`(_ kind: EngineKind) throws {
        try runAsOrdinaryUser(kind)
    }

    @Test(
        isRoot,
        .enabled("this machine lets no ordinary user make a user namespace") {
            let asUser = ["--reuid=65534", "--regid=65534", "--clear-groups"]
            return try ChildProcess.run(Command("setpriv", asUser + ["unshare", "--user", "true"])).status == .success
        })
    func `an ordinary user without a home will do for the host's kernel too`() throws {
        try runAsOrdinaryUser(.host)
    }

    private func runAsOrdinaryUser(_ kind: EngineKind) throws {
        let folder = try ScratchFolder()
        chown(folder.path, 65534, 65534)
        // Root's own cache is closed to others.
        let kernel = folder / "kernel"
        try File.write(try File.read(try Stay.kernel().path), to: kernel)
        chmod(kernel, 0o755)
        var command = Command(
            "setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", try Stay.installation().executable])
        command.arguments += ["kernel", "run", "--engine", kind.rawValue, "--memory", "256", "--writable", folder.path]
        command.arguments += ["--", "sh", "-c", "id -u; echo x > \(folder.path)/x"]
        command.environment = ["PATH": Environment.defaultPath, "NETLAB_KERNEL": kernel]
        command.directory = "/"
        let result = try ChildProcess.run(command)
        #expect(result.status == .success, "\(result.errorText)")
        #expect(result.outputText == "0\n")
        #expect(try Directory.list(folder.path) == ["kernel", "x"])
    }
}
