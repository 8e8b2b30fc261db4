/// Text for a terminal: coloured if it is one, and free of control characters that a name may carry.
struct TerminalText {
    enum Tone: String {
        case good = "32"
        case bad = "31"
        case doubt = "33"
        case strong = "1"
        case faint = "2"
    }

    let colour: Bool

    /// `text` in the tone, or as it is where that is nil.
    func toned(_ text: String, _ tone: Tone?) -> String {
        guard colour, let tone else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    /// `text` with control characters replaced, so that no scenario's name can steer the terminal.
    static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let controls = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            result.unicodeScalars.append(controls ? " " : scalar)
        }
        return result
    }
}
