import CommandLineKit
import LabModel
import LinuxKit
import Report

/// What the user sees while runs go on: on a terminal a live line for each, in a log plain lines, run by run in their
/// order; nothing beside `--json`.
final class RunDisplay: Sendable {
    private struct State {
        var lines: [ProgressLine]
        /// Those with a live line.
        var running: Set<Int> = []
        var block = LiveBlock()
        /// The run whose lines a log shows as they come; those of later ones wait for their turn.
        var turn = 0
        var waiting: [Int: [String]] = [:]
    }

    private let terminal = Terminal.error
    private let isQuiet: Bool
    private let isBrief: Bool
    private let state: Condition<State>

    /// - Parameters:
    ///   - isQuiet: show nothing but what is said.
    ///   - isBrief: of the lines that stay, keep warnings and errors only.
    init(plans: [Plan], isQuiet: Bool, isBrief: Bool = false) {
        let terminal = terminal
        self.isBrief = isBrief
        let style: ProgressLine.Style = terminal.isTerminal ? .live(width: terminal.width) : .plain
        self.isQuiet = isQuiet
        state = Condition(
            State(
                lines: plans.map {
                    ProgressLine(plan: $0, style: style, colour: terminal.hasColour, hasSiblings: plans.count > 1)
                }))
    }

    func show(_ event: Event, of index: Int) {
        guard !isQuiet else { return }
        state.change { state in
            let line = state.lines[index].note(event)
            let stays = !isBrief || event.kind == .warning || event.kind == .error
            state.running.insert(index)
            write(stays ? [line].compactMap(\.self) : [], of: index, &state)
        }
    }

    /// Takes a run's live line away.
    func end(_ index: Int) {
        state.change { state in
            if state.running.remove(index) != nil { write([], of: index, &state) }
        }
    }

    /// Lets a run have its say: its lines come as they happen from now on.
    func turn(to index: Int) {
        state.change { state in
            state.turn = index
            write(state.waiting.removeValue(forKey: index) ?? [], of: index, &state)
        }
    }

    /// Writes to standard error what concerns more than one run, or why one could not be made.
    func say(_ text: String) {
        alone { ErrorOutput.write(text) }
    }

    /// Writes to standard output.
    func print(_ text: String) {
        alone { Swift.print(text, terminator: "") }
    }

    /// With no live line in the way.
    private func alone(_ body: () -> Void) {
        state.change { state in
            if !state.running.isEmpty { erase(&state) }
            body()
            if !state.running.isEmpty { write([], of: state.turn, &state) }
        }
    }

    private func erase(_ state: inout State) {
        if terminal.isTerminal { ErrorOutput.write(state.block.clear()) }
    }

    private func write(_ lines: [String], of index: Int, _ state: inout State) {
        if terminal.isTerminal {
            // A block that fills the terminal could not be erased: what has scrolled away stays.
            let live = state.running.sorted().prefix(max(1, terminal.height - 1)).map { state.lines[$0].live }
            ErrorOutput.write(state.block.show(live, beneath: lines))
        } else if index == state.turn {
            for line in lines { ErrorOutput.write(line + "\n") }
        } else {
            state.waiting[index, default: []] += lines
        }
    }
}
