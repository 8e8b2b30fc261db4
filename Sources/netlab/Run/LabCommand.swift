import Engine
import LabModel
import LinuxKit
import Pipeline
import RunStore

/// The inner command `lab`: one run's part inside the engine, and the words it is called with.
struct LabCommand {
    static let name = "lab"

    var folder: String
    var media: String
    var worker: String
    var engineReason: String
    var hostKernel: String

    var words: [String] { [Self.name, folder, media, worker, engineReason, hostKernel] }

    private init?(_ arguments: [String]) {
        guard arguments.count == 5 else { return nil }
        self.init(
            folder: arguments[0], media: arguments[1], worker: arguments[2], engineReason: arguments[3],
            hostKernel: arguments[4])
    }

    init(folder: String, media: String, worker: String, engineReason: String, hostKernel: String) {
        self.folder = folder
        self.media = media
        self.worker = worker
        self.engineReason = engineReason
        self.hostKernel = hostKernel
    }

    /// Runs inside the engine; the exit code says only whether the record could be written.
    static let run: Inside.Command = { context in
        guard let command = LabCommand(context.arguments) else { return 64 }
        do {
            try command.run(in: context)
            return 0
        } catch {
            ErrorOutput.write("netlab: \(error)\n")
            return 70
        }
    }

    private func run(in context: Inside.Context) throws {
        let directory = try RunDirectory(existing: folder)
        let setting = LabRun.Setting(
            plan: try directory.read(Plan.self, from: RunFolder.plan), folder: folder, media: media, worker: worker,
            engine: context.kind, engineReason: engineReason, hostKernel: hostKernel)
        let lab = LabRun(setting, events: try .toStandardOutput(), stop: context.stop)
        try directory.write(lab.perform(), to: RunFolder.run)
    }
}
