import Engine
import LabModel
import LinuxKit
import Pipeline
import Report
import RunStore

/// One run of one plan, seen from outside: make the media, enter the engine, then read what it left and report it.
struct ScenarioRun {
    let run: PlannedRun
    let site: RunSite
    let interrupts: Interrupts
    /// How many may go on at a time, this one included.
    let jobs: Int
    /// The try whose place this one takes.
    let earlier: EarlierTry?
    /// How many others have gone on beside this one at a time, at most.
    let neighbours: () -> Int
    /// Hears what happens.
    let show: @Sendable (Event) -> Void

    private var plan: Plan { run.plan }

    /// Runs it and returns where its files are and what they show.
    func perform() throws -> (directory: RunDirectory, result: RunResult) {
        let begin = Clock.monotonic()
        let load = HostLoad()
        let directory = try prepare()
        let events = try LineWriter<Event>(directory.file(RunFolder.events))
        let say: @Sendable (Event) -> Void = { [show] event in
            // The terminal must go on where the disk cannot; the record's own writing will say why it cannot.
            try? events.append(event)
            show(event)
        }
        say(.phase(.media))
        let media = try givingWay {
            try site.media.file(for: plan, in: directory, cache: site.mediaCache) { say(.worker($0)) }
        }
        if plan.pipeline.knowsUnits, !plan.pipeline.knowsDepartures {
            try givingWay { try site.media.expect(media, in: directory) }
        }
        var record = try stay(in: directory, media: media, say)
        load.note(in: &record.harness)
        record.harness.neighbours = neighbours()
        record.harness.earlierTry = earlier
        try directory.write(record, to: RunFolder.run)
        say(.phase(.analysis))
        let result = try givingWay { try site.review.examine(directory, plan, record, media: media, begin: begin) }
        return (directory, result)
    }

    /// Before and after its stream a run gives way to those that keep to the clock.
    private func givingWay<R>(_ body: () throws -> R) throws -> R {
        guard jobs > 1, run.engine.kind != .virtual else { return try body() }
        return try Thread.value(named: "aside") {
            Thread.giveWay()
            return try body()
        }
    }

    private func prepare() throws -> RunDirectory {
        let directory = try RunDirectory.make(under: site.reports, slug: plan.slug, time: RunTime.now())
        let runs = Directory.parent(of: directory.path)
        for name in (try? Directory.list(runs)) ?? [] { EngineScratch.removeOrphans(from: "\(runs)/\(name)") }
        try File.write(run.scenario, to: directory.file(RunFolder.scenario))
        try directory.write(plan, to: RunFolder.plan)
        return directory
    }

    /// The engine's part; a run that it could not bring back is a failed one, with what it left.
    private func stay(
        in directory: RunDirectory, media: String, _ say: @escaping @Sendable (Event) -> Void
    ) throws -> RunRecord {
        let choice = run.engine
        say(.phase(.boot))
        let lab = LabCommand(
            folder: directory.path, media: media, worker: site.media.path, engineReason: choice.reason,
            hostKernel: Host.kernelRelease)
        var stay = EngineRun(kind: choice.kind, arguments: lab.words, writable: directory.path)
        stay.logs = directory.file(RunFolder.logs)
        stay.sideBySide = jobs
        stay.stallLimit = site.stallLimit
        stay.longestStay = StallLimit.longestStay(of: plan)
        stay.seed = plan.seed
        do {
            let session = try EngineSession.start(stay, installation: site.installation, kernel: site.kernel) { line in
                if let event = Event(line: line) { say(event) }
            }
            interrupts.watch(session)
            defer { interrupts.unwatch(session) }
            _ = try session.wait()
            return try directory.read(RunRecord.self, from: RunFolder.run)
        } catch let error as EngineError {
            if error.isAboutThisMachine { throw error }
            say(.error(error.description))
            return record(of: error, in: directory)
        }
    }

    /// A run that was stuck may have written its own record when it was ended: then what it measured is in there.
    private func record(of error: EngineError, in directory: RunDirectory) -> RunRecord {
        let reason = ([error.description] + [error.remedy].compactMap { $0 }).joined(separator: "; ")
        var record =
            (try? directory.read(RunRecord.self, from: RunFolder.run))
            ?? RunRecord(
                engine: run.engine.kind, engineReason: run.engine.reason, kernel: "", hostKernel: Host.kernelRelease,
                outcome: .failed(reason: reason))
        record.outcome = .failed(reason: reason)
        record.warnings += error.lastLines
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
