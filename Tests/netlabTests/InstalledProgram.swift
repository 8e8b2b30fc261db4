import Engine
import LabModel
import LinuxKit
import RunStore
import Testing

/// The built programs as a user has them: installed into a folder of their own that every user may read.
struct InstalledProgram: Sendable {
    /// What `make install` would call PREFIX.
    let prefix: String
    let kernel: String

    /// Made once for all tests of this process.
    static let shared: InstalledProgram = {
        do {
            return try InstalledProgram()
        } catch {
            fatalError("cannot install the programs for the tests: \(error)")
        }
    }()

    var path: String { "\(prefix)/bin/netlab" }

    /// The kernel, and the user's cache shared by all tests, so that media is made once.
    var environment: [String: String] { ["NETLAB_KERNEL": kernel, "XDG_CACHE_HOME": "\(prefix)/cache"] }

    private init() throws {
        let built = Directory.parent(of: try Host.executable())
        let installation = Installation(executable: "\(built)/netlab")
        let root = try #require(installation.root)
        let found = try #require(
            KernelStore(installation: installation).find(for: installation), "no embedded kernel: run 'make test'")
        prefix = try Directory.makeUnique("/tmp/netlab-installed-")
        kernel = "\(prefix)/linux"
        try Shell.run(
            """
            set -e
            chmod 755 \(prefix)
            mkdir -p \(prefix)/bin \(prefix)/share/netlab
            cp \(built)/netlab \(built)/netlab-media \(built)/netlab-rtsp \(prefix)/bin/
            cp -r \(root)/Resources \(root)/Scenarios \(prefix)/share/netlab/
            cp \(found.path) \(kernel)
            chmod -R a+rX \(prefix)
            """)
    }

    /// A command of netlab's in `environment`.
    func command(_ arguments: [String], in folder: String) -> Command {
        var command = Command(path, arguments)
        command.environment.merge(environment) { $1 }
        command.directory = folder
        return command
    }

    /// Runs it to its end; the reports go to `folder/Reports`.
    @discardableResult
    func run(_ arguments: [String], in folder: String) throws -> ChildProcess.Result {
        try ChildProcess.run(command(arguments, in: folder), timeout: 180_000_000_000)
    }

    /// Another installation whose media workers come with a shell script that runs beside them, inside the engine and in
    /// the lab's own namespace; its `netlab`.
    func path(withWorkersBeside script: String, at place: Workplace) throws -> String {
        let other = "\(place.path)/broken"
        try Shell.run(
            """
            set -e
            cp -r \(prefix)/bin \(other)-bin && mkdir -p \(other)/share && mv \(other)-bin \(other)/bin
            ln -s \(prefix)/share/netlab \(other)/share/netlab
            mv \(other)/bin/netlab-media \(other)/bin/real
            """)
        let worker = "\(other)/bin/netlab-media"
        try File.write(
            "#!/bin/sh\nif [ \"$1\" = fork ]; then (\(script)) & fi\nexec \(other)/bin/real \"$@\"\n", to: worker)
        try Shell.run("chmod 755 \(worker)")
        return "\(other)/bin/netlab"
    }
}

/// Commands of the machine's own.
enum Shell {
    @discardableResult
    static func run(_ script: String, environment: [String: String] = [:]) throws -> ChildProcess.Result {
        var command = Command("/bin/sh", ["-c", script])
        command.environment.merge(environment) { $1 }
        return try ChildProcess.run(command, timeout: 180_000_000_000)
    }
}

/// A folder that a test works in, gone with it.
final class Workplace: Sendable {
    let path: String

    init() throws {
        path = try Directory.makeUnique("/tmp/netlab-test-")
    }

    deinit {
        try? Directory.removeTree(path)
    }

    /// The newest run of a scenario.
    func latest(_ scenario: String) throws -> RunDirectory {
        try RunDirectory(existing: "\(path)/Reports/\(scenario)/latest")
    }

    func result(_ scenario: String) throws -> RunResult {
        try latest(scenario).read(RunResult.self, from: RunFolder.result)
    }

    /// Writes a scenario of a few seconds and returns its path.
    func scenario(_ lines: String, name: String = "test") throws -> String {
        let path = "\(path)/\(name).yaml"
        try File.write("name: Test\nduration: 3s\n" + lines, to: path)
        return path
    }
}
