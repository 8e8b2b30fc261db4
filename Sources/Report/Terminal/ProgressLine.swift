package import LabModel

/// Turns the events of one run into what a terminal, or a log, shows while it goes on.
package struct ProgressLine {
    /// Where it is shown.
    package enum Style: Hashable, Sendable {
        /// One line of a terminal, `width` columns wide, written again and again.
        case live(width: Int)
        /// A log: a line for each phase and each change, and one every few seconds of the stream.
        case plain
    }

    /// May be set anew when the terminal's size changes.
    package var style: Style
    private let plan: Plan
    private let text: TerminalText
    private var phase: RunPhase?
    private var progress: Progress?
    /// What the phase itself says of its progress.
    private var note: String?
    private var lastLogged: TimeSpan?

    /// Seconds of the stream between two lines of a log.
    private static let logInterval = TimeSpan.seconds(5)

    package init(plan: Plan, style: Style, colour: Bool) {
        self.plan = plan
        self.style = style
        text = TerminalText(colour: colour)
    }

    /// What to write to the terminal for `event`, control characters and new lines included; empty for nothing.
    package mutating func output(for event: Event) -> String {
        switch event.kind {
        case .phase:
            phase = RunPhase(rawValue: event.message)
            note = nil
            if phase != .stream { progress = nil }
            return style == .plain ? logged(phase?.words ?? event.message) : live
        case .progress:
            progress = event.progress
            return style == .plain ? loggedProgress() : live
        case .change:
            return above(changeWords(of: event))
        case .probe:
            return above("probe: \(event.message)")
        case .worker:
            // While the media is made this is how far it has come: of use on a live line, and noise in a log.
            if phase == .media {
                note = event.message
                return live
            }
            return above("worker: \(event.message)")
        case .warning:
            return above(text.toned("warning:", .doubt), event.message)
        case .error:
            return above(text.toned("error:", .bad), event.message)
        }
    }

    /// What to write when the run has ended, so that what follows begins on an empty line.
    package func end() -> String {
        style == .plain ? "" : Self.erase
    }

    /// Back to the line's start, and erase to its end.
    private static let erase = "\r\u{1B}[K"

    /// A line that stays, above the live one.
    private mutating func above(_ words: String, _ message: String? = nil) -> String {
        let line = ([words] + [message.map(TerminalText.plain)].compactMap(\.self)).joined(separator: " ")
        guard style != .plain else { return logged(line) }
        return "\(Self.erase)  \(message == nil ? TerminalText.plain(line) : line)\n\(live)"
    }

    private func logged(_ words: String) -> String {
        "\(TerminalText.plain(name)): \(text.colour ? words : TerminalText.plain(words))\n"
    }

    private mutating func loggedProgress() -> String {
        guard let progress else { return "" }
        if let lastLogged, progress.elapsed < lastLogged + Self.logInterval { return "" }
        lastLogged = progress.elapsed
        return logged("\(clock(progress)), " + figures(progress).joined(separator: ", "))
    }

    private var name: String {
        ([plan.name] + plan.variant.map { "\($0.setting)=\($0.value)" }).joined(separator: " ")
    }

    private func changeWords(of event: Event) -> String {
        guard let asked = event.change?.asked else { return event.message }
        let change = plan.timeline.first { $0.at == asked }
        return "at \(asked.clock): \(change?.text(in: plan) ?? event.message)"
    }
}

extension ProgressLine {
    /// The live line, cut to the terminal's width so that it never wraps; figures that do not fit are left out whole.
    private var live: String {
        guard case .live(let width) = style else { return "" }
        var parts = [TerminalText.plain(name)]
        if let progress {
            parts += [bar(progress, width: width), clock(progress)] + figures(progress)
        } else if let phase {
            parts.append(note.map(TerminalText.plain) ?? phase.words)
        }
        var line = ""
        for part in parts {
            let next = line.isEmpty ? part : "\(line)  \(part)"
            guard next.count < width else { break }
            line = next
        }
        if line.isEmpty { line = String(parts[0].prefix(max(0, width - 1))) }
        return Self.erase + line
    }

    private func bar(_ progress: Progress, width: Int) -> String {
        let length = width >= 100 ? 24 : 12
        let total = plan.duration.seconds
        let share = total > 0 ? min(1, max(0, progress.elapsed.seconds / total)) : 0
        let full = Int(share * Double(length))
        return String(repeating: "\u{2501}", count: full) + String(repeating: "\u{2500}", count: length - full)
    }

    private func clock(_ progress: Progress) -> String {
        "\(progress.elapsed.seconds.fixed(0)) of \(plan.duration.clock)"
    }

    private func figures(_ progress: Progress) -> [String] {
        let expected = progress.packets + progress.missing
        let loss = expected > 0 ? Double(progress.missing) / Double(expected) : nil
        var figures = [progress.rate.text, "loss \(Quantity.ratio.text(loss))"]
        if let buffer = progress.buffer { figures.append("buffer \(buffer.text)") }
        if let stalls = progress.stalls { figures.append(stalls == 1 ? "1 stall" : "\(stalls) stalls") }
        return figures
    }
}

extension RunPhase {
    /// What the run is doing, in words.
    fileprivate var words: String {
        switch self {
        case .media: "making the media"
        case .boot: "starting the kernel"
        case .lab: "building the network"
        case .probe: "probing the link"
        case .stream: "streaming"
        case .drain: "waiting for the last packets"
        case .analysis: "analysing"
        case .report: "writing the report"
        }
    }
}
