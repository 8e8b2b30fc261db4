import Engine
import Lab
import LabModel
import LinuxKit
import Pipeline
import RunStore

/// The inner side of `netlab exec`: a plan's lab for one program, and the words that it is called with.
struct InnerVisit {
    static let name = "visit"

    let plan: Plan
    let end: LabVisit.End
    let attachment: Attachment
    let folder: String
    /// The program and its arguments; at least one.
    let program: [String]

    func words() throws -> [String] {
        let plan = String(decoding: try JSONText.line(plan), as: UTF8.self)
        return [Self.name, plan, end.rawValue, attachment.word, folder] + program
    }

    static let run: Inside.Command = { context in
        guard let visit = InnerVisit(context.arguments) else { return 64 }
        do {
            return try visit.perform(context)
        } catch {
            ErrorOutput.write("netlab: error: \(error)\n")
            return 70
        }
    }

    private func perform(_ context: Inside.Context) throws -> Int32 {
        let missing = Capability.missing(for: plan)
        guard missing.isEmpty else {
            ErrorOutput.write("netlab: error: unsupported: \(missing.map(\.description).joined(separator: "; "))\n")
            return 3
        }
        let attached = AttachedProgram(attachment: attachment, input: context.input, stop: context.stop)
        let command = LinuxKit.Command(program[0], Array(program.dropFirst()))
        return try LabVisit.perform(
            plan, at: end, command, folder: folder, warn: { ErrorOutput.write("netlab: warning: \($0)\n") }
        ) { attached.run($0) }
    }

    init(plan: Plan, end: LabVisit.End, attachment: Attachment, folder: String, program: [String]) {
        self.plan = plan
        self.end = end
        self.attachment = attachment
        self.folder = folder
        self.program = program
    }

    private init?(_ words: [String]) {
        guard words.count >= 5, let plan = JSONText.value(Plan.self, in: words[0]),
            let end = LabVisit.End(rawValue: words[1]), let attachment = Attachment(word: words[2])
        else { return nil }
        self.init(plan: plan, end: end, attachment: attachment, folder: words[3], program: Array(words[4...]))
    }
}
