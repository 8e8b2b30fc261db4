import CommandLineKit
import LabModel
import LinuxKit
import Report

/// What the user sees while a run goes on: one live line on a terminal, plain lines in a log, nothing beside `--json`.
final class RunDisplay: Sendable {
    private let line: Condition<ProgressLine?>

    /// - Parameter isQuiet: show nothing.
    init(plan: Plan, isQuiet: Bool) {
        let terminal = Terminal.error
        let style: ProgressLine.Style = terminal.isTerminal ? .live(width: terminal.width) : .plain
        line = Condition(isQuiet ? nil : ProgressLine(plan: plan, style: style, colour: terminal.hasColour))
    }

    func show(_ event: Event) {
        line.change { line in
            if let text = line?.output(for: event), !text.isEmpty { ErrorOutput.write(text) }
        }
    }

    /// Leaves an empty line for what follows.
    func end() {
        line.change { line in
            if let text = line?.end(), !text.isEmpty { ErrorOutput.write(text) }
        }
    }
}
