internal import FoundationEssentials
internal import Glibc
package import LabModel
package import LinuxKit
internal import RunStore

/// A worker's conversation with the one who started it: lines on standard input, `WorkerMessage` lines on standard
/// output. The end of the input means `stop`.
package final class WorkerControl: Sendable {
    private struct State {
        var start: Int64?
        var mayConnect = false
        var isStopped = false
    }

    private let state = Condition(State())
    private let output: FileDescriptor

    /// Takes over both descriptors and listens from now on.
    package init(input: consuming FileDescriptor, output: consuming FileDescriptor) throws(Errno) {
        self.output = output
        let raw = input.release()
        let state = state
        _ = try Thread.run(named: "control") {
            var lines = LineReader(FileDescriptor(owning: raw), limit: 4096)
            while let line = try? lines.next() {
                let words = line.split(separator: " ")
                if words.first == "stop" { break }
                if words.first == "connect" { state.change { $0.mayConnect = true } }
                if words.count == 2, words[0] == "start", let time = Int64(words[1]) {
                    state.change { ($0.start, $0.mayConnect) = (time, true) }
                }
            }
            state.change { $0.isStopped = true }
        }
    }

    /// Says something; a listener that has gone is no reason to stop before `stop`.
    package func say(_ change: (inout WorkerMessage) -> Void) {
        var message = WorkerMessage()
        change(&message)
        guard let line = try? JSONText.line(message) else { return }
        try? output.writeAll(Array(line))
    }

    /// A sender's last words: how many packets left, and how late.
    func sayEnded(after packets: Int64, _ lateness: LatenessRecord) {
        say {
            $0.ended = true
            $0.lateness = lateness.distribution
            $0.packets = packets
        }
    }

    /// Waits for `connect` or `start`, makes the connection with `body`, and says so; nothing where `stop` comes first.
    package func connect(_ body: () throws -> Void) throws {
        let mayConnect = state.wait { $0.isStopped ? false : $0.mayConnect ? true : nil }
        guard mayConnect == true else { return }
        try body()
        say { $0.connected = true }
    }

    /// Waits for `start`: the monotonic time (ns) at which presentation time 0 leaves; nil for `stop`.
    package func awaitStart() -> Int64? {
        state.wait { state -> Int64?? in
            if state.isStopped { return .some(nil) }
            return state.start.map { .some($0) }
        } ?? nil
    }

    /// The start, where it has been told.
    package var start: Int64? { state.look(\.start) }

    package var isStopped: Bool { state.look(\.isStopped) }

    /// Waits until the monotonic clock shows `deadline` (ns); false where `stop` comes first. The kernel keeps the
    /// deadline, absolute as `clock_nanosleep`'s, so the wait neither drifts nor spins.
    package func sleep(untilMonotonic deadline: Int64) -> Bool {
        state.wait(untilMonotonic: deadline) { $0.isStopped ? true : nil } == nil
    }

    /// Calls `body` on a thread of its own once `stop` comes.
    package func onStop(_ body: @escaping @Sendable () -> Void) throws(Errno) {
        let state = state
        _ = try Thread.run(named: "stop") {
            _ = state.wait { $0.isStopped ? true : nil }
            body()
        }
    }
}
