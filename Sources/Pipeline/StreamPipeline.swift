internal import Lab
internal import LabModel
internal import LinuxKit

/// A protocol's way to stream: how its sender, its server and its receiver start, when they are ready, and how they
/// end. One file a protocol; all else is shared.
protocol StreamPipeline {
    /// Starts all ends and returns them when they are ready to stream.
    static func start(in stage: Stage) throws -> [MediaWorker]

    /// Whether the receiver is told, in the protocol, that the stream has ended; else netlab tells it.
    static var endsByItself: Bool { get }
}

extension StreamPipeline {
    static var endsByItself: Bool { true }
}

/// Where a pipeline plays: the lab, and what a worker needs to know.
struct Stage: Sendable {
    let plan: Plan
    let lab: Lab
    /// The run directory.
    let folder: String
    let launcher: MediaLauncher
    /// The media file.
    let media: String
    let inbox: Channel<(role: String, news: MediaWorker.News)>

    /// A worker of `role` in `namespace`, started and ready.
    func start(_ role: String, in namespace: NetworkNamespace, _ arguments: [String]) throws -> MediaWorker {
        let log = "\(folder)/\(RunFolder.logs)/\(role).log"
        let process = try launcher.launch(role, in: namespace, arguments, log: log)
        let started = try MediaWorker.attach(process, role: role, log: log, inbox: inbox)
        try awaitReady(started)
        return started
    }

    /// A sender, and a receiver that reads what the sender wrote down of its streams.
    func startPair() throws -> [MediaWorker] {
        let sender = try start(
            "sender", in: lab.sender.namespace,
            [
                "send", "--run", folder, "--media", media, "--bind", lab.sender.address, "--to",
                lab.receiver.address,
            ])
        do {
            let receiver = try start(
                "receiver", in: lab.receiver.namespace,
                ["receive", "--run", folder, "--bind", lab.receiver.address])
            return [sender, receiver]
        } catch {
            sender.stop(grace: .zero)
            throw error
        }
    }

    private func awaitReady(_ worker: MediaWorker) throws {
        let deadline = Clock.monotonic() + Self.patience.nanoseconds
        while let (role, news) = inbox.receive(untilMonotonic: deadline) {
            switch news {
            case .said(let message) where role == worker.role && message.ready == true: return
            case .said: continue
            case .exited: throw WorkerFailure(role: role, exit: worker.exit, attempt: "get ready")
            }
        }
        worker.stop(grace: .zero)
        throw WorkerFailure(role: worker.role, exit: worker.exit, attempt: "get ready in \(Self.patience.seconds) s")
    }

    /// How long a worker may take to read its media and to open its sockets.
    private static let patience = TimeSpan.seconds(30)
}

/// A worker that did not do its part.
struct WorkerFailure: Error, CustomStringConvertible {
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
