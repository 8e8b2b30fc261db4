internal import CLinux

extension FileDescriptor {
    /// Makes the terminal behind it pass every byte on unchanged. Corresponds to `cfmakeraw`.
    package borrowing func makeTerminalRaw() throws(Errno) {
        let raw = raw
        try retryingInterrupts { linux_make_raw(raw) }
    }
}
