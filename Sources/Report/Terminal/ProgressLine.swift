package import LabModel

/// Turns the events of one run into what a terminal, or a log, shows while it goes on: lines that stay, and on a
/// terminal one that says how far it has come.
package struct ProgressLine {
    /// Where it is shown.
    package enum Style: Hashable, Sendable {
        /// A terminal, `width` columns wide: what stays is short, for the live line says the rest.
        case live(width: Int)
        /// A log: a line for each phase and each change, and one every few seconds of the stream.
        case plain
    }

    private let style: Style
    private let plan: Plan
    /// Lines that stay above those of several runs have to say whose they are.
    private let hasSiblings: Bool
    private let text: TerminalText
    private var phase: RunPhase?
    private var progress: Progress?
    /// What the phase itself says of its progress.
    private var note: String?
    private var lastLogged: TimeSpan?

    /// Seconds of the stream between two lines of a log.
    private static let logInterval = TimeSpan.seconds(5)

    package init(plan: Plan, style: Style, colour: Bool, hasSiblings: Bool = false) {
        self.plan = plan
        self.hasSiblings = hasSiblings
        self.style = style
        text = TerminalText(colour: colour)
    }

    /// Takes note of `event`, and returns the line about it that stays, without its end; nil where there is none.
    package mutating func note(_ event: Event) -> String? {
        switch event.kind {
        case .phase:
            phase = RunPhase(rawValue: event.message)
            note = nil
            if phase != .stream { progress = nil }
            return style == .plain ? lasting(phase?.words ?? event.message) : nil
        case .progress:
            progress = event.progress
            return style == .plain ? loggedProgress() : nil
        case .change:
            return lasting(changeWords(of: event))
        case .probe:
            return lasting("probe: \(event.message)")
        case .worker:
            // While the media is made this is how far it has come: of use on a live line, and noise in a log.
            if phase == .media {
                note = event.message
                return nil
            }
            return lasting("worker: \(event.message)")
        case .warning:
            return lasting(event.message, after: text.toned("warning:", .doubt) + " ")
        case .error:
            return lasting(event.message, after: text.toned("error:", .bad) + " ")
        }
    }

    /// `label` is written as it is: it may have a colour.
    private func lasting(_ words: String, after label: String = "") -> String {
        let words = label + TerminalText.plain(words)
        if style == .plain { return "\(TerminalText.plain(name)): \(words)" }
        return hasSiblings ? "  \(TerminalText.plain(name)): \(words)" : "  \(words)"
    }

    private mutating func loggedProgress() -> String? {
        guard let progress else { return nil }
        if let lastLogged, progress.elapsed < lastLogged + Self.logInterval { return nil }
        lastLogged = progress.elapsed
        return lasting("\(clock(progress)), " + figures(progress).joined(separator: ", "))
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
    /// How far the run has come, cut to the terminal's width so that it never wraps; figures that do not fit are left
    /// out whole. Empty in a log.
    package var live: String {
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
        return line
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
        var figures = [progress.rate.text]
        if let missing = progress.missing {
            let expected = progress.packets + missing
            let loss = expected > 0 ? Double(missing) / Double(expected) : nil
            figures.append("loss \(Quantity.ratio.text(loss))")
        }
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
