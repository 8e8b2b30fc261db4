internal import Glibc

/// A terminal of the user's that passes on every key unchanged, until this goes.
package struct RawTerminal: ~Copyable {
    private let descriptor: Int32
    private var before: termios

    /// nil where the descriptor is no terminal, or belongs to another program at the moment.
    package init?(_ descriptor: Int32) {
        before = termios()
        self.descriptor = descriptor
        guard tcgetpgrp(descriptor) == getpgrp(), tcgetattr(descriptor, &before) == 0,
            let terminal = try? FileDescriptor.duplicate(descriptor), (try? terminal.makeTerminalRaw()) != nil
        else { return nil }
    }

    deinit {
        // A closed terminal needs it no more.
        var before = before
        tcsetattr(descriptor, TCSADRAIN, &before)
    }
}
