package import LabModel

extension RunResult {
    /// The fields of `result.json` in which two runs of the same plan may differ and still be identical: what they say
    /// is about the host, about this build of netlab, or in words for people. `run.harness` is what the host was doing,
    /// but for the three facts that the lab's own clock measures. Moments are compared as times since the stream's
    /// start, which itself is volatile. ARCHITECTURE.md says what a repeated run keeps.
    package static let volatileFields = [
        "netlabVersion", "run.streamStart", "run.hostKernel", "run.engineReason",
        "run.harness (but sendLateness, labTime, clockStep)", "run.workers[].cpu", "run.workers[].lastWords",
        "run.warnings", "validity[].finding",
    ]

    /// This result with its volatile fields emptied and its moments counted from the stream's start.
    var steady: RunResult {
        var copy = self
        copy.netlabVersion = ""
        copy.run.hostKernel = ""
        copy.run.engineReason = ""
        copy.run.harness = run.harness.ofLab
        copy.run.warnings = []
        for index in copy.run.workers.indices {
            copy.run.workers[index].cpu = nil
            copy.run.workers[index].lastWords = nil
        }
        for index in copy.validity.indices { copy.validity[index].finding = "" }
        if let start = run.streamStart { copy.countMoments(from: start) }
        return copy
    }

    private mutating func countMoments(from start: Timestamp) {
        func shift(_ moment: inout Timestamp) {
            moment = Timestamp(nanoseconds: moment.nanoseconds - start.nanoseconds)
        }
        run.countMoments(shift)
        received?.countMoments(shift)
        sent?.countMoments(shift)
    }
}

extension HarnessFacts {
    /// What the lab's clock measured.
    fileprivate var ofLab: HarnessFacts {
        var facts = HarnessFacts()
        (facts.sendLateness, facts.labTime, facts.clockStep) = (sendLateness, labTime, clockStep)
        return facts
    }
}

extension RunRecord {
    fileprivate mutating func countMoments(_ shift: (inout Timestamp) -> Void) {
        streamStart.apply(shift)
        streamEnd.apply(shift)
        for index in changes.indices { shift(&changes[index].tookEffect) }
        for index in probes.indices {
            shift(&probes[index].started)
            shift(&probes[index].ended)
            guard var echoes = probes[index].echoes else { continue }
            for echo in echoes.indices { shift(&echoes[echo].sent) }
            probes[index].echoes = echoes
        }
    }
}

extension RTPReport {
    fileprivate mutating func countMoments(_ shift: (inout Timestamp) -> Void) {
        for index in streams.indices {
            shift(&streams[index].first)
            shift(&streams[index].last)
        }
        for index in reports.indices {
            shift(&reports[index].time)
            reports[index].senderTime.apply(shift)
        }
    }
}

extension Timestamp? {
    fileprivate mutating func apply(_ shift: (inout Timestamp) -> Void) {
        guard var moment = self else { return }
        shift(&moment)
        self = moment
    }
}
