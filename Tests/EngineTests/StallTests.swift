import Glibc
import LabModel
import LinuxKit
import Testing

@testable import Engine

/// Stays that make no progress, in a real kernel.
@Suite(.serialized) struct StallTests {
    private func stall(of stay: Stay) throws -> (stall: Stall, lines: [String]) {
        let error = #expect(throws: EngineError.self) { try stay.session.wait() }
        guard case .stuck(let stall, let lines)? = error else { throw Unstuck(error: error) }
        #expect(try Stay.processes(naming: stay.folder.path).isEmpty)
        #expect(try Directory.list(stay.folder.path) == ["logs"])
        return (stall, lines)
    }

    private struct Unstuck: Error {
        let error: EngineError?
    }

    struct Spinner: CustomTestStringConvertible {
        let testDescription: String
        let script: String
        /// What the culprits' words hold.
        let words: [String]
    }

    @Test(arguments: [
        Spinner(
            testDescription: "no system call", script: "while :; do :; done",
            words: ["'sh' (process", "computed without a system call"]),
        Spinner(
            testDescription: "system calls that take no time", script: "while :; do cd /; done",
            words: ["'sh' (process", "while :; do cd /; done) never rests"]),
        Spinner(
            testDescription: "two that keep each other going", script: "yes | cat > /dev/null",
            words: ["'yes' (process", "'cat' (process", "never rests"]),
    ])
    func `a program that keeps time from passing is named and ended`(_ spinner: Spinner) throws {
        let (stall, lines) = try stall(
            of: try Stay(.virtual, "sleep 7; \(spinner.script)", stallLimit: .seconds(2)))
        guard case .stoodStill(let moment) = stall.kind else { throw Unstuck(error: nil) }
        #expect((6.8...7.3).contains(moment.seconds))
        let culprits = try #require(stall.culprits)
        for words in spinner.words { #expect(culprits.contains(words), "\(culprits)") }
        #expect(lines.contains { $0.hasPrefix("process 1 ") })
    }

    @Test(arguments: [EngineKind.embedded, .virtual])
    func `a kernel that is held up in silence is ended`(_ kind: EngineKind) throws {
        let stay = try Stay(kind, "echo ready; while :; do sleep 0.1; done", stallLimit: .seconds(2))
        try stay.await(lines: 1)
        for pid in try Stay.processes(naming: stay.folder.path) { kill(try #require(Int32(pid)), SIGSTOP) }
        let (stall, _) = try stall(of: stay)
        guard case .stoodStill = stall.kind else { throw Unstuck(error: nil) }
        #expect(stall.culprits == nil)
    }

    @Test func `a stay that goes on much too long without spinning is ended`() throws {
        let stay = try Stay(.virtual, "exec sleep 100000000", stallLimit: .seconds(20), longestStay: .seconds(500))
        let (stall, lines) = try stall(of: stay)
        #expect(stall.kind == .ranOn(longest: .seconds(500)))
        #expect(lines.contains { $0.contains("sleep 100000000") })
    }

    @Test func `slow progress is progress`() throws {
        let round = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; sleep 0.2"
        let script = "n=0; while [ $n -lt 75 ]; do n=$((n+1)); \(round); done; exit 3"
        let start = Clock.monotonic()
        #expect(try Stay(.virtual, script, stallLimit: .seconds(2)).code() == 3)
        #expect(Clock.monotonic() - start > 2_000_000_000)
    }
}
