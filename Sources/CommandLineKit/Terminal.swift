private import Glibc

/// What the terminal behind a descriptor can do.
package struct Terminal: Sendable {
    /// Whether a person may be looking at it. Corresponds to `isatty`.
    package let isTerminal: Bool
    /// In columns: `COLUMNS`, else what the terminal says, else 80.
    package let width: Int
    /// In lines: what the terminal says, else 24.
    package let height: Int
    /// Whether colours are welcome: a terminal that is not dumb, and no `NO_COLOR` (no-color.org).
    package let hasColour: Bool

    package static let output = Terminal(descriptor: STDOUT_FILENO)
    package static let error = Terminal(descriptor: STDERR_FILENO)

    package init(descriptor: Int32) {
        self.init(
            isTerminal: isatty(descriptor) == 1, reported: Terminal.reportedSize(descriptor),
            environment: Terminal.variable)
    }

    /// Decides from what was found out.
    init(isTerminal: Bool, reported: Size?, environment: (String) -> String?) {
        self.isTerminal = isTerminal
        let asked = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        width = asked ?? reported?.columns ?? 80
        height = reported?.lines ?? 24
        let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        hasColour = isTerminal && !refused && environment("TERM") != "dumb"
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// What a terminal says of itself.
    struct Size {
        var columns: Int
        var lines: Int
    }

    /// Corresponds to `ioctl(TIOCGWINSZ)`.
    private static func reportedSize(_ descriptor: Int32) -> Size? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return Size(columns: Int(size.ws_col), lines: Int(size.ws_row))
    }
}

/// Text in a terminal's colours, or plain where they are not welcome.
package enum Colour: String, Sendable {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case bold = "1"
    case faint = "2"

    /// `text` in this colour on `terminal`.
    package func paint(_ text: String, on terminal: Terminal) -> String {
        terminal.hasColour ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
