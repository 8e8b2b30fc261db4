/// Cuts what a descriptor yields into lines.
package struct LineReader: ~Copyable {
    private let descriptor: FileDescriptor
    private var splitter: LineSplitter
    private var lines: ArraySlice<String> = []
    private var isAtEnd = false

    /// Reads lines from `descriptor`, which it takes over. A line longer than `limit` bytes is cut.
    package init(_ descriptor: consuming FileDescriptor, limit: Int = 1 << 20) {
        self.descriptor = descriptor
        splitter = LineSplitter(limit: limit)
    }

    /// The next line without its end (`\n` or `\r\n`); nil at the end. A last line needs no end. EIO is the end too:
    /// that is how a terminal says that its other side is gone.
    package mutating func next() throws(Errno) -> String? {
        while lines.isEmpty, !isAtEnd { try fill() }
        return lines.popFirst()
    }

    private mutating func fill() throws(Errno) {
        do throws(Errno) {
            let more = try descriptor.read(upTo: 65536)
            lines = splitter.add(more)[...]
            isAtEnd = more.isEmpty
        } catch {
            guard error == .inputOutput else { throw error }
            isAtEnd = true
        }
        if isAtEnd, let last = splitter.finish() { lines.append(last) }
    }
}
