import LabModel
import LinuxKit
import Testing

/// `netlab exec`: programs behind a scenario's link, and what they are attached to.
@Suite struct ExecTests {
    private let place: Workplace
    private let scenario: String

    init() throws {
        place = try Workplace()
        scenario = try place.scenario(
            """
            link:
              downlink: {rate: 5mbit, delay: 30ms, queue: 100ms}
              uplink: {rate: 20mbit, delay: 10ms}
            timeline:
              - {at: 2s, downlink: {delay: 80ms}}
            """)
    }

    private func exec(
        _ script: String, _ options: [String] = [], engine: String = "virtual", input: String? = nil
    ) throws -> ChildProcess.Result {
        let words = ["exec", scenario, "--engine", engine] + options + ["--", "sh", "-c", script]
        var command = InstalledProgram.shared.command(words, in: place.path)
        if let input {
            try File.write(input, to: "\(place.path)/input")
            command.input = .file("\(place.path)/input")
        }
        return try ChildProcess.run(command, timeout: 180_000_000_000)
    }

    @Test(arguments: ["receiver", "sender"])
    func `ping sees the delay, and its change two seconds after its start`(_ end: String) throws {
        let other = end == "receiver" ? "$NETLAB_SENDER" : "$NETLAB_RECEIVER"
        let run = try exec("for i in 1 2 3; do ping -n -c 1 \(other); sleep 1; done", ["--in", end])
        #expect(run.status == .success, "\(run.errorText)")
        let times = run.outputText.split(separator: "\n").compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("time=") }.flatMap { Double($0.dropFirst(5)) }
        }
        try #require(times.count == 3, "\(run.outputText)")
        #expect(times[...1].allSatisfy { (40...42).contains($0) }, "\(times)")
        #expect((90...92).contains(times[2]), "\(times)")
    }

    @Test func `iperf3 at both ends sees the rate`() throws {
        let run = try exec(
            """
            nsenter --net=$NETLAB_SENDER_NS iperf3 -s -1 > server.log & sleep 1
            iperf3 -R -u -b 8M -l 1200 -t 3 -f k -c $NETLAB_SENDER; wait
            """)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let line = try #require(run.outputText.split(separator: "\n").last { $0.contains("receiver") })
        let words = line.split(separator: " ")
        let rate = try #require(words.firstIndex(of: "Kbits/sec").flatMap { Double(words[$0 - 1]) })
        // 1200 of 1242 bytes on the wire.
        #expect(abs(rate - 5000 * 1200 / 1242) < 120, "\(line)")
        #expect(File.exists("\(place.path)/server.log"))
    }

    @Test func `What is piped in comes through unchanged, and so do the exit code and errors`() throws {
        let text = (0..<200_000).map { "\($0) Zeile\n" }.joined()
        let run = try exec("cat; echo gone >&2; exit 9", input: text)
        #expect(run.status == .exited(9))
        #expect(run.outputText == text)
        #expect(run.errorText == "gone\n")
    }

    @Test(arguments: ["embedded", "virtual"])
    func `A shell has a terminal of the user's size`(_ engine: String) throws {
        let terminal = try PseudoTerminal()
        try terminal.outside.setTerminalSize(TerminalSize(columns: 101, lines: 33))
        var command = InstalledProgram.shared.command(["exec", scenario, "--engine", engine], in: place.path)
        command.environment["SHELL"] = "/bin/sh"
        let child = try terminal.start(command)
        try terminal.outside.writeAll("stty size; tty; echo $NETLAB_RECEIVER; exit 7\n")
        var seen: [UInt8] = []
        _ = try LinuxKit.Thread.run(named: "limit") {
            if child.wait(timeout: 60_000_000_000) == nil { child.signal(9) }
        }
        while let bytes = try? terminal.outside.read(upTo: 4096), !bytes.isEmpty { seen += bytes }
        #expect(child.wait(timeout: 60_000_000_000) == .exited(7))
        let text = String(decoding: seen, as: UTF8.self)
        #expect(text.contains("33 101\r\n") && text.contains("/dev/pts/0\r\n") && text.contains("10.77."), "\(text)")
    }

    @Test func `Ctrl-C ends the program`() throws {
        let command = InstalledProgram.shared.command(
            ["exec", scenario, "--engine", "embedded", "--", "sh", "-c", "echo up; sleep 100"], in: place.path)
        var piped = command
        piped.output = .pipe
        let child = try ChildProcess.start(piped)
        let first = try child.takeOutput()?.read(upTo: 16)
        #expect(first == Array("up\n".utf8))
        child.signal(2)
        #expect(child.wait(timeout: 20_000_000_000) == .exited(130))
    }

    @Test func `What cannot be run is said`() throws {
        let missing = try InstalledProgram.shared.run(
            ["exec", scenario, "--engine", "virtual", "--", "no-such-program"], in: place.path)
        #expect(missing.status == .exited(127))
        #expect(missing.errorText.contains("no-such-program"))
        let many = try place.scenario("matrix: {link.downlink.rate: [1mbit, 2mbit]}", name: "many")
        let several = try InstalledProgram.shared.run(["exec", many, "--", "true"], in: place.path)
        #expect(several.status == .exited(65))
        #expect(several.errorText.contains("--set link.downlink.rate=1"), "\(several.errorText)")
    }
}
