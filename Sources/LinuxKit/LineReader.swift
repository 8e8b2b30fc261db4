/// Cuts what a descriptor yields into lines.
package struct LineReader: ~Copyable {
    private let descriptor: FileDescriptor
    private var pending: [UInt8] = []
    private var head = 0
    private var isAtEnd = false
    /// A line longer than this is cut, so that a broken writer cannot take all memory (bytes).
    private let limit: Int

    /// Reads lines from `descriptor`, which it takes over.
    package init(_ descriptor: consuming FileDescriptor, limit: Int = 1 << 20) {
        self.descriptor = descriptor
        self.limit = limit
    }

    /// The next line without its end (`\n` or `\r\n`); nil at the end. Bytes that are no UTF-8 become U+FFFD. A last
    /// line needs no end. EIO is the end too: that is how a terminal says that its other side is gone.
    package mutating func next() throws(Errno) -> String? {
        var searched = head
        while true {
            if let newline = pending[searched...].firstIndex(of: 10) { return take(upTo: newline, skipping: 1) }
            if pending.count - head >= limit { return take(upTo: head + limit, skipping: 0) }
            if isAtEnd { return pending.count == head ? nil : take(upTo: pending.count, skipping: 0) }
            searched = pending.count - head
            try fill()
        }
    }

    private mutating func fill() throws(Errno) {
        pending.removeFirst(head)
        head = 0
        do throws(Errno) {
            let more = try descriptor.read(upTo: 65536)
            isAtEnd = more.isEmpty
            pending += more
        } catch {
            guard error == .inputOutput else { throw error }
            isAtEnd = true
        }
    }

    private mutating func take(upTo end: Int, skipping: Int) -> String {
        var line = pending[head..<end]
        while line.last == 13 { line.removeLast() }
        head = end + skipping
        return String(decoding: line, as: UTF8.self)
    }
}
