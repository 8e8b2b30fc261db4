internal import LinuxKit

/// What a witness found, in words: in the first line who keeps the others from going on, then a line for each process.
struct Findings {
    let tasks: [ProcessTask]
    /// Those that ran between two looks.
    let busy: [ProcessTask]

    var text: String { ([culprits] + processes).joined(separator: "\n") + "\n" }

    /// The lines that a witness wrote; none where it did not.
    static func lines(_ path: String) -> [String] {
        ((try? File.readText(path)) ?? "").split(separator: "\n").map(String.init)
    }

    private var culprits: String {
        if let ended = Self.endedByKernel(KernelLog.records()) { return ended }
        // Process 1 runs to serve the others, unless it is alone.
        let others = busy.filter { $0.process != 1 }
        let culprits = others.isEmpty ? busy.filter { $0.state == "R" } : others
        return culprits.isEmpty ? "every process waits" : culprits.prefix(4).map(words).joined(separator: ", ")
    }

    private func words(_ task: ProcessTask) -> String {
        let command = ProcessTask.commandLine(of: task.process).map { ": \(Self.short($0))" } ?? ""
        let place = task.systemCall.map { " in system call \($0)" } ?? ""
        return "'\(task.name)' (process \(task.process)\(command)) never rests\(place)"
    }

    private var processes: [String] {
        tasks.filter { $0.id == $0.process }.map { task in
            let ran = busy.contains { $0.process == task.process } ? "ran" : "did not run"
            let place = task.systemCall.map { ", system call \($0)" } ?? ""
            let command = ProcessTask.commandLine(of: task.process).map(Self.short) ?? task.name
            return "process \(task.process) \(task.state), \(ran)\(place): \(command)"
        }
    }

    /// What the kernel's log says of a process that had to be ended because it made no system call: its name was to be
    /// had from the kernel alone.
    static func endedByKernel(_ records: [String]) -> String? {
        guard let fatal = records.lastIndex(where: { $0.hasSuffix("unexpected fatal signal \(Watchdog.lastSignal).") }),
            let line = records[fatal...].first(where: { $0.hasPrefix("Pid: ") })
        else { return nil }
        let parts = line.dropFirst("Pid: ".count).split(separator: ", comm: ", maxSplits: 1)
        guard parts.count == 2, let end = parts[1].firstRange(of: " Not tainted") ?? parts[1].firstRange(of: " Tainted")
        else { return nil }
        return "'\(parts[1][..<end.lowerBound])' (process \(parts[0])) computed without a system call, and was ended"
    }

    private static func short(_ command: String) -> String {
        command.count > 100 ? command.prefix(99) + "…" : command
    }
}
