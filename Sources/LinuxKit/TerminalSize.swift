internal import Glibc

/// The size of a terminal's window, in characters.
package struct TerminalSize: Hashable, Sendable {
    package var columns: UInt16
    package var lines: UInt16

    package init(columns: UInt16, lines: UInt16) {
        self.columns = columns
        self.lines = lines
    }

    /// The window of the terminal behind a descriptor; nil where it is none. Corresponds to `ioctl(TIOCGWINSZ)`.
    package init?(of descriptor: Int32) {
        var window = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0 else { return nil }
        self.init(columns: window.ws_col, lines: window.ws_row)
    }
}
