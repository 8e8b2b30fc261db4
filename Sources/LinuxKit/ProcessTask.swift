internal import Glibc

/// A task (a thread of a process) as /proc shows it at one moment; see proc(5).
package struct ProcessTask: Sendable, Hashable {
    /// The task's number, and its process's.
    package let id: Int32
    package let process: Int32
    /// The process's parent.
    package let parent: Int32
    /// What it calls itself, 15 bytes at most.
    package let name: String
    /// `R` runs or could, `S` and `D` wait, `Z` has ended, `T` is stopped.
    package let state: Character
    /// Processor time it has had, in ticks of 1/100 s.
    package let ticks: Int64
    /// How often it gave the processor up and was made to. Grows where no time passes that could be counted.
    package let switches: Int64

    /// Whether it had the processor since `earlier`.
    package func hasRun(since earlier: ProcessTask) -> Bool {
        ticks != earlier.ticks || switches != earlier.switches
    }

    /// Every task of every process that may be seen, in the order of their numbers.
    package static func all() -> [ProcessTask] {
        numbers(in: "/proc").flatMap { process in
            numbers(in: "/proc/\(process)/task").compactMap { ProcessTask($0, of: process) }
        }
    }

    /// The tasks of those processes that `parent` started.
    package static func children(of parent: Int32) -> [ProcessTask] {
        numbers(in: "/proc").compactMap { ProcessTask($0, of: $0) }.filter { $0.parent == parent }
    }

    /// The command line of a process, its words parted by blanks; nil where it has none or has ended.
    package static func commandLine(of process: Int32) -> String? {
        guard let bytes = try? File.read("/proc/\(process)/cmdline"), !bytes.isEmpty else { return nil }
        return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }

    /// The number of the system call that it waits in; nil where it waits in none.
    package var systemCall: Int? {
        guard let text = try? File.readText("/proc/\(process)/task/\(id)/syscall") else { return nil }
        return text.split(separator: " ").first.flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 }
    }

    private init?(_ id: Int32, of process: Int32) {
        let folder = "/proc/\(process)/task/\(id)"
        guard let text = try? File.readText(folder + "/stat"), let begin = text.firstIndex(of: "("),
            let end = text.lastIndex(of: ")")
        else { return nil }
        // The name may hold blanks and brackets; the fields behind it begin with the third.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let state = fields[0].first, let parent = Int32(fields[1]),
            let user = Int64(fields[11]), let system = Int64(fields[12])
        else { return nil }
        self.id = id
        self.process = process
        self.parent = parent
        name = String(text[text.index(after: begin)..<end])
        self.state = state
        ticks = user + system
        switches = Self.switches(folder)
    }

    private static func switches(_ folder: String) -> Int64 {
        let lines = ((try? File.readText(folder + "/status")) ?? "").split(separator: "\n")
        return lines.filter { $0.contains("voluntary_ctxt_switches:") }
            .compactMap { $0.split(separator: "\t").last.flatMap { Int64($0) } }.reduce(0, +)
    }

    private static func numbers(in folder: String) -> [Int32] {
        ((try? Directory.list(folder)) ?? []).compactMap { Int32($0) }.sorted()
    }
}
