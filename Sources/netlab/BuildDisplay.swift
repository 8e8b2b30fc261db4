import CommandLineKit
import Engine
import Glibc

/// How a kernel's build is shown: a bar on a terminal, plain lines elsewhere.
struct BuildDisplay {
    private let terminal: Terminal
    private var lastTenth = -1
    private var hasBar = false

    init(terminal: Terminal) {
        self.terminal = terminal
    }

    mutating func show(_ step: KernelBuild.Step) {
        guard case .compiling(let done, let total) = step else { return line(Self.words(step)) }
        if terminal.isTerminal {
            bar(done, total)
        } else if done * 10 / total > lastTenth {
            lastTenth = done * 10 / total
            line("compiling: \(lastTenth * 10) %")
        }
    }

    /// Takes the bar away, so that what follows begins on a line of its own.
    mutating func clear() {
        if hasBar { write("\r\u{1B}[K") }
        hasBar = false
    }

    private mutating func line(_ text: String) {
        clear()
        write(text + "\n")
    }

    private mutating func bar(_ done: Int, _ total: Int) {
        let label = " \(done)/\(total)"
        let width = max(10, min(60, terminal.width - label.count - 13))
        let filled = done * width / total
        let picture = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        write("\r\u{1B}[Kcompiling [\(picture)]\(label)")
        hasBar = true
    }

    private func write(_ text: String) {
        print(text, terminator: "")
        fflush(nil)
    }

    private static func words(_ step: KernelBuild.Step) -> String {
        switch step {
        case .waiting: "another build is under way; waiting for its kernel"
        case .asking: "asking the distribution's mirror for its newest kernel source"
        case .downloading(let package, let version): "downloading \(package) \(version), about 170 MB"
        case .unpacking: "unpacking the source"
        case .configuring(let version): "configuring Linux \(version)"
        case .compiling: "compiling"
        case .found: "there is one of the newest source already"
        }
    }
}
