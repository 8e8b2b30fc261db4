import Glibc
import LinuxKit

/// What a program inside an engine has for its standard streams, as one word to the inner side.
enum Attachment: Hashable {
    /// Input from /dev/null, and the user's output and errors, as all have that are not a terminal.
    case output
    /// The user's input too.
    case streams
    /// A terminal that stands for the user's.
    case terminal(TerminalSize)

    /// What this process was started with itself. Input from /dev/null is not passed on: in virtual time it would come
    /// at another moment in each run.
    static var own: Attachment {
        if isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1, let size = TerminalSize(of: STDIN_FILENO) {
            return .terminal(size)
        }
        return FileDescriptor.leadsNowhere(STDIN_FILENO) ? .output : .streams
    }

    var word: String {
        switch self {
        case .output: "output"
        case .streams: "streams"
        case .terminal(let size): "\(size.columns)x\(size.lines)"
        }
    }

    /// nil where the word is none.
    init?(word: String) {
        switch word {
        case "output": self = .output
        case "streams": self = .streams
        default:
            let numbers = word.split(separator: "x").compactMap { UInt16($0) }
            guard numbers.count == 2 else { return nil }
            self = .terminal(TerminalSize(columns: numbers[0], lines: numbers[1]))
        }
    }
}
