internal import Glibc
internal import LabModel
internal import LinuxKit

/// The inner side's sign of life: how much time has passed inside, in a file that the outer side reads.
enum Pulse {
    /// Begins to write it, until the process ends.
    ///
    /// In virtual time a beat costs nothing that could be measured inside; ten of them a second are enough that even a
    /// link of 100 Gbit/s is not taken for a clock that stands still.
    static func start(_ path: String, _ kind: EngineKind) throws(SystemCallError) {
        let interval: Int64 = kind == .virtual ? 100_000_000 : 1_000_000_000
        let raw = try FileDescriptor.open(path, O_WRONLY).release()
        try SystemCallError.naming("start", "a thread") { () throws(Errno) in
            _ = try Thread.run(named: "pulse") {
                let file = FileDescriptor(owning: raw)
                let begin = Clock.monotonic()
                for beat in 0... {
                    Clock.sleep(untilMonotonic: begin + Int64(beat) * interval)
                    try? file.write(text(Clock.monotonic() - begin), at: 0)
                }
            }
        }
    }

    /// How much time had passed inside at the last beat; nil before the first.
    static func read(_ path: String) -> TimeSpan? {
        guard let text = try? File.readText(path) else { return nil }
        return Int64(text.drop { $0 == " " }).map { TimeSpan(nanoseconds: $0) }
    }

    /// As long as any other, so that a beat replaces the one before.
    private static func text(_ passed: Int64) -> [UInt8] {
        let digits = Array(String(passed).utf8)
        return Array(repeating: UInt8(ascii: " "), count: max(0, 20 - digits.count)) + digits
    }
}
