internal import LabModel
internal import LinuxKit

/// One process of a stream.
protocol StreamPart: AnyObject, Sendable {
    var role: StreamRole { get }

    /// Tells it when presentation time 0 leaves.
    func begin(_ clock: StreamClock)

    /// Asks it to end and to write down what it has.
    func askToEnd()

    /// Asks it to end, and makes an end of it where that takes longer than `grace`.
    func stop(grace: TimeSpan)

    /// How it ended, with the last it wrote to standard error; nil while it runs.
    var exit: WorkerExit? { get }
}

/// What a process is in a stream, and its name in logs and reports.
struct StreamRole: Hashable, Sendable {
    enum Kind: Sendable {
        /// Its end is the stream's end.
        case sender
        /// Serves until everyone else has ended, and must not end before.
        case server
        /// Ends after the sender did.
        case receiver
    }

    let kind: Kind
    let name: String
    /// Of one of several, from 1.
    var number: Int?

    static let sender = StreamRole(kind: .sender, name: "sender")
    static let server = StreamRole(kind: .server, name: "server")
    static let receiver = StreamRole(kind: .receiver, name: "receiver")

    /// One of several receivers, counted from 1.
    static func receiver(_ number: Int) -> StreamRole {
        StreamRole(kind: .receiver, name: "receiver-\(number)", number: number)
    }
}

/// What a stream hears of its parts, in order; `exited` is the last of each.
enum StreamNews: Sendable {
    case said(WorkerMessage)
    case exited(ExitStatus)
}

/// Where the news of all parts of a stream come in.
typealias StreamInbox = Channel<(role: StreamRole, news: StreamNews)>

/// A part that did not do what the stream needs of it.
struct PartFailure: Error, CustomStringConvertible {
    let role: String
    let exit: WorkerExit?
    let attempt: String

    var description: String {
        var text = "the \(role) did not \(attempt)"
        if let signal = exit?.signal { text += ": killed by signal \(signal)" }
        if let status = exit?.status, status != 0 { text += ": exited with code \(status)" }
        if let words = exit?.lastWords { text += ": \(words)" }
        return text
    }
}
