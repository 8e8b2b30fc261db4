import Glibc
import LinuxKit
import Testing

@Suite struct ChildProcessTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let script: String
        let status: LinuxKit.ExitStatus
        var output = ""
    }

    @Test(arguments: [
        Case(testDescription: "success", script: "echo hello", status: .success, output: "hello\n"),
        Case(testDescription: "a code", script: "exit 3", status: .exited(3)),
        Case(testDescription: "a signal", script: "kill -9 $$", status: .killed(by: SIGKILL)),
        Case(testDescription: "no input", script: "cat; echo end", status: .success, output: "end\n"),
        Case(
            testDescription: "no descriptor but its three", script: "ls /proc/self/fd | wc -l", status: .success,
            // The fourth is the one that ls reads the folder with.
            output: "4\n"),
        Case(
            testDescription: "no signal blocked or ignored", script: "grep -E '^Sig(Blk|Ign)' /proc/self/status",
            status: .success, output: "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n"),
    ])
    func `runs to its end`(_ test: Case) throws {
        // A leak or a mask of this process must not reach the child.
        let leak = dup(0)
        defer { close(leak) }
        let result = try ChildProcess.run(Command("sh", ["-c", test.script]))
        #expect(result.status == test.status)
        #expect(result.outputText == test.output)
    }

    @Test func `says what processor time it took`() throws {
        let child = try ChildProcess.start(Command("sh", ["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]))
        #expect(child.wait() == .success)
        #expect((1_000_000...30_000_000_000).contains(try #require(child.end).processorTime))
    }

    @Test func `a megabyte on both streams comes through`() throws {
        let script = "head -c 1048576 /dev/zero; head -c 1048576 /dev/zero >&2"
        let result = try ChildProcess.run(Command("sh", ["-c", script]))
        #expect(result.status == .success)
        #expect(result.output.count == 1 << 20)
        #expect(result.errors.count == 1 << 20)
    }

    @Test func `what does not start says why`() throws {
        #expect(throws: SpawnError.notFound("no-such-program")) { try ChildProcess.run(Command("no-such-program")) }
        #expect(throws: SpawnError.notFound("/no/such")) { try ChildProcess.run(Command("/no/such")) }
        #expect(throws: SpawnError.notExecutable("/etc/passwd", .accessDenied)) {
            try ChildProcess.run(Command("/etc/passwd"))
        }
        var command = Command("true")
        command.directory = "/no/such/folder"
        #expect(throws: SpawnError.directory("/no/such/folder", .noSuchFile)) { try ChildProcess.run(command) }
    }

    @Test func `gets the environment and the folder it was given`() throws {
        var command = Command("/bin/sh", ["-c", "echo $A; pwd"])
        command.environment = ["A": "b c"]
        command.directory = "/usr"
        #expect(try ChildProcess.run(command).outputText == "b c\n/usr\n")
    }

    @Test func `one that runs on is ended, and one that will not listen is killed`() throws {
        let patient = try ChildProcess.start(Command("sleep", ["60"]))
        #expect(patient.wait(timeout: 10_000_000) == nil)
        #expect(patient.terminate(grace: 2_000_000_000) == .killed(by: SIGINT))
        #expect(!patient.signal(SIGKILL))

        var command = Command("sh", ["-c", "trap '' INT TERM; echo ready; while :; do sleep 0.01; done"])
        command.output = .pipe
        let deaf = try ChildProcess.start(command)
        var lines = LineReader(try present(deaf.takeOutput()))
        let first = try lines.next()
        #expect(first == "ready")
        #expect(deaf.terminate(grace: 50_000_000) == .killed(by: SIGKILL))
    }

    @Test func `its input can be written to`() throws {
        var command = Command("cat")
        command.input = .pipe
        command.output = .pipe
        let child = try ChildProcess.start(command)
        do {
            let input = try present(child.takeInput())
            try input.writeAll("hello")
        }
        let output = try present(child.takeOutput())
        let echoed = try output.readAll()
        #expect(echoed == Array("hello".utf8))
        #expect(child.wait() == .success)
    }
}

/// `#require` takes no value that cannot be copied.
private func present(_ descriptor: consuming FileDescriptor?) throws -> FileDescriptor {
    guard let descriptor else { throw Errno.invalidArgument }
    return descriptor
}
