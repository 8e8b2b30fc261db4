internal import CLinux
internal import Glibc

extension FileDescriptor {
    /// Makes the terminal behind it pass every byte on unchanged. Corresponds to `cfmakeraw`.
    package borrowing func makeTerminalRaw() throws(Errno) {
        let raw = raw
        try retryingInterrupts { linux_make_raw(raw) }
    }

    /// Tells the terminal behind it how large its window is. Corresponds to `ioctl(TIOCSWINSZ)`.
    package borrowing func setTerminalSize(_ size: TerminalSize) throws(Errno) {
        let raw = raw
        var window = winsize(ws_row: size.lines, ws_col: size.columns, ws_xpixel: 0, ws_ypixel: 0)
        try retryingInterrupts { ioctl(raw, UInt(TIOCSWINSZ), &window) }
    }
}
