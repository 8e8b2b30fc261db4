internal import LinuxKit

/// A processor that one embedded kernel has to itself among all that this user runs.
///
/// A user-mode kernel hands over to the processes inside it and back at each of their system calls; between two
/// processors each time wakes one that sleeps. On one processor a kernel boots in a third of the time, and a run in
/// virtual time takes half as long. What else runs there the scheduler moves away, where there is room.
final class ProcessorSlot: Sendable {
    let number: Int32
    /// Held until the process ends, however it ends.
    private let lock: FileLock

    /// The first processor that no other run has taken; nil where all are, and then the kernel's scheduler knows best.
    static func take(in folder: String = CacheFolder.path() + "/processors") -> ProcessorSlot? {
        guard (try? Directory.make(folder)) != nil else { return nil }
        // The first one has the machine's interrupts to serve more often than not.
        for number in Host.allowedProcessors.reversed() {
            if let lock = try? FileLock.tryTaking("\(folder)/\(number)") { return ProcessorSlot(number, lock) }
        }
        return nil
    }

    private init(_ number: Int32, _ lock: consuming FileLock) {
        self.number = number
        self.lock = lock
    }
}
