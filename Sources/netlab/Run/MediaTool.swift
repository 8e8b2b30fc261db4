import LabModel
import LinuxKit
import RunStore

/// `netlab-media` on the host: makes the media before a run and looks for its marks after it.
struct MediaTool {
    /// The program.
    let path: String

    /// The media file of a plan, which is in a run's directory too: the user's own, checked, or one made once and kept
    /// in `cache`.
    ///
    /// - Parameter onProgress: hears what the worker says of its progress, a line at a time.
    func file(
        for plan: Plan, in directory: RunDirectory, cache: String, onProgress: @escaping @Sendable (String) -> Void
    ) throws -> String {
        let note = plan.mediaName.map { MediaNote(path: "\(cache)/\($0).note", worker: path) }
        if let file = note?.file { return file }
        try Directory.make(cache)
        let request = ["generate", "--plan", directory.file(RunFolder.plan), "--cache", cache]
        let output = try run(request, onProgress: onProgress)
        guard let file = output.split(separator: "\n").last.map(String.init), File.exists(file) else {
            throw Failure("\(path) made no media file", status: .bug)
        }
        note?.write(file)
        return file
    }

    /// Writes down the frame marks and sound marks in what the receiver got.
    ///
    /// - Parameter media: the file that was sent, where it is known: what came of it unchanged need not be decoded.
    func findMarks(in run: RunDirectory, media: String?) throws {
        _ = try self.run(["marks", "--run", run.path] + (media.map { ["--media", $0] } ?? []))
    }

    /// Writes down what a sender of the user's own is to send.
    func expect(_ media: String, in run: RunDirectory) throws {
        _ = try self.run(["expect", "--run", run.path, "--media", media])
    }

    /// Writes down what is in the files that programs of the user's own wrote.
    func lookAtFiles(in run: RunDirectory) throws {
        _ = try self.run(["files", "--run", run.path])
    }

    private func run(
        _ arguments: [String], onProgress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> String {
        var command = LinuxKit.Command(path, arguments)
        command.output = .pipe
        command.errors = .pipe
        let child = try ChildProcess.start(command)
        let words = LastWords()
        let errors = child.takeErrors()?.release()
        let listener = try LinuxKit.Thread.run(named: "media-errors") {
            guard let errors else { return }
            var lines = LineReader(FileDescriptor(owning: errors))
            while let line = try? lines.next() {
                words.note(line)
                onProgress(line)
            }
        }
        let output = try child.takeOutput()?.readAll() ?? []
        let status = child.wait()
        listener.join()
        guard status == .success else {
            throw Failure(words.text ?? "\(path) \(status)", status: .badInput)
        }
        return String(decoding: output, as: UTF8.self)
    }
}

/// The last line that a program wrote to its standard error.
private final class LastWords: Sendable {
    private let line = Condition<String?>(nil)

    var text: String? { line.look { $0 } }

    func note(_ text: String) { line.change { $0 = text } }
}
