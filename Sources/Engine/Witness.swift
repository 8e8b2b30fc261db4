internal import Glibc
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// The inner side's account of what runs beside it, for a watchdog that sees no progress.
final class Witness: Sendable {
    private struct State {
        var earlier: [ProcessTask] = []
        var busy: [ProcessTask] = []
    }

    private let state = Mutex(State())
    private let kind: EngineKind
    private let path: String

    /// - Parameter path: where the findings are written.
    init(_ kind: EngineKind, findings path: String) {
        self.kind = kind
        self.path = path
    }

    /// Looks, and writes down what has run since the look before; the first time, what would run.
    func look() {
        let tasks = Self.tasks()
        state.withLock { state in
            let earlier = Dictionary(state.earlier.map { ($0.id, $0) }) { first, _ in first }
            state.busy = tasks.filter { task in
                earlier.isEmpty ? task.state == "R" : earlier[task.id].map(task.hasRun) ?? true
            }
            state.earlier = tasks
            // Where it cannot be written the watchdog will have to do without.
            try? File.write(Findings(tasks: tasks, busy: state.busy).text, to: path)
        }
    }

    /// Ends what the last look saw running, so that time goes on and the rest can end by itself. Only in virtual time:
    /// elsewhere nobody can stop the clock.
    func freeClock() {
        guard kind == .virtual else { return }
        let processes = state.withLock { Set($0.busy.map(\.process)) }
        for process in processes where process != Host.processID { kill(process, SIGKILL) }
    }

    /// All but the kernel's own and the one that looks; none where /proc shows other processes than this one's kernel
    /// or namespace has.
    private static func tasks() -> [ProcessTask] {
        guard (try? Directory.resolve("/proc/self")) == "/proc/\(Host.processID)" else { return [] }
        let kernelThreads: Int32 = 2
        return ProcessTask.all().filter { task in
            if task.process == Host.processID { return task.name != ControlListener.threadName }
            return Host.processID != 1 || task.process != kernelThreads && task.parent != kernelThreads
        }
    }
}
