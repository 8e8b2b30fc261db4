import Engine
import LabModel
import LinuxKit
import Pipeline
import Report
import RunStore

/// One run of one plan, seen from outside: make the media, enter the engine, then read what it left and report it.
struct ScenarioRun {
    let plan: Plan
    /// The scenario's text, kept beside what came of it.
    let scenario: String
    let site: RunSite
    let display: RunDisplay
    let interrupts: Interrupts

    /// Runs it and returns where its files are and what they show.
    func perform() throws -> (directory: RunDirectory, result: RunResult) {
        let load = HostLoad()
        let directory = try prepare()
        let events = try LineWriter<Event>(directory.file(RunFolder.events))
        let say: @Sendable (Event) -> Void = { event in
            // The terminal must go on where the disk cannot; the record's own writing will say why it cannot.
            try? events.append(event)
            display.show(event)
        }
        say(.phase(.media))
        let media = try site.media.file(for: directory.file(RunFolder.plan), cache: site.mediaCache) {
            say(.worker($0))
        }
        var record = try stay(in: directory, media: media, say)
        load.note(in: &record.harness)
        try directory.write(record, to: RunFolder.run)
        say(.phase(.analysis))
        let result = try site.examine(directory, plan, record)
        return (directory, result)
    }

    private func prepare() throws -> RunDirectory {
        let directory = try RunDirectory.make(under: site.reports, slug: plan.slug, time: RunTime.now())
        try File.write(scenario, to: directory.file(RunFolder.scenario))
        try directory.write(plan, to: RunFolder.plan)
        return directory
    }

    /// The engine's part; a run that it could not bring back is a failed one, with what it left.
    private func stay(
        in directory: RunDirectory, media: String, _ say: @escaping @Sendable (Event) -> Void
    ) throws -> RunRecord {
        let choice = site.choose(plan.engine)
        say(.phase(.boot))
        let lab = LabCommand(
            folder: directory.path, media: media, worker: site.media.path, engineReason: choice.reason,
            hostKernel: Host.kernelRelease)
        var run = EngineRun(kind: choice.kind, arguments: lab.words, writable: directory.path)
        run.logs = directory.file(RunFolder.logs)
        do {
            let session = try EngineSession.start(run, installation: site.installation, kernel: site.kernel) { line in
                if let event = Event(line: line) { say(event) }
            }
            interrupts.watch(session)
            defer { interrupts.unwatch() }
            _ = try session.wait()
            return try directory.read(RunRecord.self, from: RunFolder.run)
        } catch let error as EngineError {
            if error.isAboutThisMachine { throw error }
            say(.error(error.description))
            return record(of: error, choice)
        }
    }

    private func record(of error: EngineError, _ choice: EngineChoice) -> RunRecord {
        var record = RunRecord(
            engine: choice.kind, engineReason: choice.reason, kernel: "", hostKernel: Host.kernelRelease,
            outcome: .failed(reason: ([error.description] + [error.remedy].compactMap { $0 }).joined(separator: "; ")))
        record.warnings = error.lastLines
        return record
    }
}

extension Event {
    /// An event as the inner side printed it; nil where the line is none.
    init?(line: String) {
        guard let event = JSONText.value(Event.self, in: line) else { return nil }
        self = event
    }

    static func phase(_ phase: RunPhase) -> Event { now(.phase, phase.rawValue) }

    static func worker(_ words: String) -> Event { now(.worker, words) }

    static func error(_ words: String) -> Event { now(.error, words) }

    private static func now(_ kind: Kind, _ message: String) -> Event {
        Event(time: Timestamp(nanoseconds: Clock.realtime()), kind: kind, message: message)
    }
}
