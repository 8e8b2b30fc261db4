internal import Lab
package import LabModel
package import LinuxKit

/// The lab's part of one run, the same on every engine: build the network, measure it, stream over it, and write down
/// what happened. Runs as root of its own kernel or namespaces.
package final class LabRun {
    /// What the run is told by the engine's outer side.
    package struct Setting: Sendable {
        package var plan: Plan
        /// The run directory, writable.
        package var folder: String
        /// The media file and the program that streams it.
        package var media: String
        package var worker: String
        package var engine: EngineKind
        package var engineReason: String
        package var hostKernel: String

        package init(
            plan: Plan, folder: String, media: String, worker: String, engine: EngineKind, engineReason: String,
            hostKernel: String
        ) {
            self.plan = plan
            self.folder = folder
            self.media = media
            self.worker = worker
            self.engine = engine
            self.engineReason = engineReason
            self.hostKernel = hostKernel
        }
    }

    private let setting: Setting
    private let events: EventStream
    private let stop: StopRequest
    private let clock = HarnessClock()
    private var record: RunRecord

    private var plan: Plan { setting.plan }

    package init(_ setting: Setting, events: EventStream, stop: StopRequest) {
        self.setting = setting
        self.events = events
        self.stop = stop
        record = RunRecord(
            engine: setting.engine, engineReason: setting.engineReason, kernel: Host.kernelRelease,
            hostKernel: setting.hostKernel, outcome: .completed)
    }

    /// Does it all. Never throws: whatever goes wrong is in the record, beside what was measured until then.
    package func perform() -> RunRecord {
        do {
            let missing = Capability.missing(for: plan)
            if missing.isEmpty {
                try measure()
                if stop.isRequested { record.outcome = .interrupted }
            } else {
                record.outcome = .unsupported(reason: reason(missing))
            }
        } catch {
            record.outcome = stop.isRequested ? .interrupted : .failed(reason: "\(error)")
            events.emit(.error, "\(error)")
        }
        record.harness.labTime = clock.labTime
        record.harness.clockStep = clock.step
        return record
    }

    /// What is missing, and which engine has it: the embedded kernel is built with all that a scenario can ask for.
    private func reason(_ missing: [MissingFeature]) -> String {
        let words = missing.map(\.description).joined(separator: "; ")
        let isOption = setting.engine == .host && missing.allSatisfy { $0.option != nil }
        return isOption ? words + "; the engines 'embedded' and 'virtual' have it" : words
    }

    private func measure() throws {
        events.enter(.lab)
        let launcher = try MediaLauncher.start(
            setting.worker, log: "\(setting.folder)/\(RunFolder.logs)/media.log")
        let lab = try Lab.build(plan: plan)
        record.senderAddress = lab.sender.address
        record.receiverAddress = lab.receiver.address
        record.congestionControl = plan.congestionControl
        record.readbacks = try lab.readback()
        record.mtu = try lab.mtu()
        if lab.hops.count > 1 {
            record.hops = lab.hops.map { HopEnds(sender: $0.sender.address, receiver: $0.receiver.address) }
        }
        let captures = try LinkCaptures.start(lab, folder: setting.folder)
        defer {
            record.captures = captures.stop()
            record.warnings += captures.failures
        }
        let driver = try LinkDriver.start(
            lab, timeline: plan.timeline, samples: "\(setting.folder)/\(RunFolder.queue)", events: events)
        defer {
            let (changes, failure) = driver.stop()
            record.changes = changes
            if let failure { record.warnings.append("the link's timeline stopped: \(failure)") }
            record.finalReadbacks = (try? lab.readback()) ?? []
        }
        // Loading would disturb what is measured from here on.
        try launcher.awaitLoaded()
        let probes = ProbeRun(plan: plan, lab: lab, engine: setting.engine, events: events, stop: stop)
        record.probes = probes.throughput()
        if stop.isRequested { return }
        let stage = Stage(
            plan: plan, lab: lab, folder: setting.folder, launcher: launcher, media: setting.media,
            inbox: Channel(capacity: 1024))
        try stream(stage, driver, probes)
        awaitQuiet(lab)
    }

    /// What the hosts said last, such as that a connection is closed, and the answer to it are not to be cut off on their
    /// way: the captures would show them lost.
    private func awaitQuiet(_ lab: Lab) {
        let way = plan.longestWay(.downlink) + plan.longestWay(.uplink)
        let deadline = Clock.monotonic() + way.nanoseconds
        while Clock.monotonic() < deadline, (try? lab.isQuiet()) == false {
            Clock.sleep(for: Self.quietInterval.nanoseconds)
        }
    }

    private static let quietInterval = TimeSpan.milliseconds(2)

    private func stream(_ stage: Stage, _ driver: LinkDriver, _ probes: ProbeRun) throws {
        let stream = try StreamRun.start(in: stage, events: events, stop: stop)
        events.enter(.stream)
        let latency = try probes.startLatency()
        defer { record.probes += latency.map { $0.stop() } }
        let rivals = try probes.startRivals(stream.clock)
        defer { record.probes += rivals.map { $0.stop() } }
        record.streamStart = stream.begin().start
        driver.begin(stream.clock)
        let tcp = try TCPSampler.start(
            stage.lab, stream.clock, samples: "\(setting.folder)/\(RunFolder.tcp)")
        defer {
            if let failure = tcp.stop() { record.warnings.append("the reading of TCP's state stopped: \(failure)") }
        }
        defer {
            record.streamEnd = stream.ended
            record.workers = exits(of: stream)
            record.harness.sendLateness = stream.lateness
            record.warnings += stream.warnings
        }
        try stream.runToEnd()
    }

    /// In virtual time computing takes none, and the kernel's account of it says nothing.
    private func exits(of stream: StreamRun) -> [WorkerExit] {
        stream.exits.map { exit in
            var exit = exit
            if setting.engine == .virtual { exit.cpu = nil }
            return exit
        }
    }
}
