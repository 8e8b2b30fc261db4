internal import Glibc

/// A process of this machine, told from a later one of the same number.
package struct ProcessIdentity: Codable, Hashable, Sendable {
    package let pid: Int32
    /// When it began, in the kernel's ticks since boot.
    package let started: UInt64

    /// The process that has this number now; `nil` where none has.
    package init?(_ pid: Int32) {
        guard let text = try? File.readText("/proc/\(pid)/stat"), let close = text.lastIndex(of: ")") else {
            return nil
        }
        // proc(5): the name in parentheses is the second field, the start the 22nd; a dead one that nobody has reaped
        // is in state Z.
        let fields = text[text.index(after: close)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", let started = UInt64(fields[19]) else { return nil }
        self.pid = pid
        self.started = started
    }

    /// It has not ended.
    package var isRunning: Bool { ProcessIdentity(pid) == self }

    /// Ends it at once where it still runs, and waits until it has. Corresponds to `kill(SIGKILL)`.
    package func end() {
        guard isRunning else { return }
        kill(pid, SIGKILL)
        let deadline = Clock.monotonic() + 2_000_000_000
        while isRunning, Clock.monotonic() < deadline { Clock.sleep(for: 5_000_000) }
    }
}
