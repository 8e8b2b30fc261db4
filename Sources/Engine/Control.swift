internal import Glibc
internal import LinuxKit
internal import Synchronization

/// What the outer side can say to the inner one while it stays: a byte each.
enum ControlWord: UInt8 {
    /// End cleanly.
    case stop = 0x73
    /// Look at what runs, compare with the look before, and write down what that shows.
    case look = 0x6c
    /// End what kept the clock from going on, as the last look found it.
    case free = 0x66
    /// There is one more piece of input.
    case input = 0x69
}

/// The outer side's end.
final class ControlLine: Sendable {
    private let line: Mutex<FileDescriptor?>

    init(_ line: consuming FileDescriptor?) {
        self.line = Mutex(line)
    }

    /// A failed write means that the inner side has ended.
    func send(_ word: ControlWord) {
        line.withLock { try? $0?.writeAll([word.rawValue]) }
    }
}

/// The inner side's end.
enum ControlListener {
    static let threadName = "control"

    /// Listens until the line's end, which means nothing: the outer side may have closed it.
    ///
    /// The thread comes before all others. In virtual time a program that never waits keeps the processor for ever, since
    /// no time passes after which it would be another's turn; but at its next system call an urgent thread gets it.
    static func start(
        owning raw: Int32, _ stop: StopRequest, _ witness: Witness, _ input: InsideInput
    ) throws(Errno) {
        _ = try Thread.run(named: threadName) {
            Thread.becomeUrgent()
            let line = FileDescriptor(owning: raw)
            while let bytes = try? line.read(upTo: 64), !bytes.isEmpty {
                for word in bytes.compactMap(ControlWord.init) {
                    switch word {
                    case .stop: stop.make()
                    case .look: witness.look()
                    case .free: witness.freeClock()
                    case .input: input.ring()
                    }
                }
            }
        }
    }
}
