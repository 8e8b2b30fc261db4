internal import LabModel

/// Whether a run can be trusted: it is what was asked, and nothing disturbed the measuring.
struct ValidityChecks {
    private(set) var checks: [ValidityCheck] = []

    /// Packets later than this are not the sender's pace any more.
    private static let greatestLateness = TimeSpan.milliseconds(5)
    private static let greatestSteal = 0.05
    private static let greatestBusy = 0.97

    init(_ inputs: RunInputs, result: RunResult, strangers: Int64) {
        checkOutcome(inputs.run)
        checkWorkers(inputs.run.workers)
        for absence in inputs.absences { add("run.files", false, absence) }
        checkCaptures(inputs.run, result: result, strangers: strangers)
        checkHarness(inputs.run)
        checkLink(result.proofs)
    }

    private mutating func add(_ name: String, _ passed: Bool, _ finding: String) {
        checks.append(ValidityCheck(name: name, passed: passed, finding: finding))
    }

    private mutating func checkOutcome(_ run: RunRecord) {
        switch run.outcome {
        case .completed: add("run.completed", true, "the run went to its end")
        case .interrupted: add("run.completed", false, "the run was interrupted")
        case .unsupported(let reason), .failed(let reason): add("run.completed", false, reason)
        }
        if run.streamStart == nil { add("run.stream", false, "the stream never started") }
    }

    private mutating func checkWorkers(_ workers: [WorkerExit]) {
        for worker in workers where worker.status != 0 && worker.asked != true {
            let end = worker.status.map { "status \($0)" } ?? worker.signal.map { "signal \($0)" } ?? "no status"
            add("worker.\(worker.role)", false, "the \(worker.role) ended with \(end)")
        }
    }

    private mutating func checkCaptures(_ run: RunRecord, result: RunResult, strangers: Int64) {
        for facts in run.captures {
            let dropped = facts.droppedByKernel + facts.droppedByInterface
            add(
                "capture.drops", dropped == 0,
                "the capture at \(facts.hop.map { "hop \($0)'s" } ?? "the") \(facts.point.rawValue) dropped \(dropped) of \(facts.packets + dropped) packets"
            )
        }
        for (report, point) in [(result.sent, "sender"), (result.received, "receiver")] {
            if let damage = report?.damage { add("capture.complete", false, "the capture at the \(point): \(damage)") }
            if report == nil { add("capture.complete", false, "there is no capture at the \(point)") }
        }
        if result.sent != nil, result.received != nil {
            add(
                "capture.matched", strangers == 0,
                "\(strangers) packets came to one end of the link without having been captured at the other")
        }
    }

    private mutating func checkHarness(_ run: RunRecord) {
        if let lateness = run.harness.sendLateness {
            add(
                "send.lateness", lateness.p99 <= Self.greatestLateness,
                "99 % of the packets left within \(milliseconds(lateness.p99)) of their time, the last \(milliseconds(lateness.maximum)) late"
            )
        }
        // In virtual time the host's load cannot disturb a measurement.
        guard run.engine != .virtual else { return }
        if let steal = run.harness.steal {
            add("host.steal", steal.value <= Self.greatestSteal, "\(percent(steal)) of the processors' time was stolen")
        }
        if let busy = run.harness.busy {
            add("host.busy", busy.value <= Self.greatestBusy, "the processors were busy \(percent(busy)) of the time")
        }
        if let step = run.harness.clockStep {
            let allowed = TimeSpan.milliseconds(5) + TimeSpan(seconds: (run.harness.labTime?.seconds ?? 0) * 0.0005)
            add("clock.step", step.magnitude <= allowed, "the clock was moved by \(milliseconds(step))")
        }
    }

    /// A property of a direction fails with any of its phases.
    private mutating func checkLink(_ proofs: [LinkProof]) {
        for hop in Set(proofs.map(\.hop)).sorted(by: { ($0 ?? 0) < ($1 ?? 0) }) {
            for direction in Direction.allCases {
                for property in LinkProof.Property.allCases {
                    check(
                        proofs.filter { $0.hop == hop && $0.direction == direction && $0.property == property },
                        property, "\(hop.map { "hop \($0)'s " } ?? "")\(direction.rawValue)",
                        name: Series.Name.ofHop(hop, "link.\(direction.rawValue).\(property.rawValue)"))
                }
            }
        }
    }

    private mutating func check(
        _ lines: [LinkProof], _ property: LinkProof.Property, _ place: String, name: String
    ) {
        guard lines.contains(where: { $0.judgement != .unmeasured }) else { return }
        let off = lines.count { $0.judgement == .off }
        add(
            name, off == 0,
            off == 0
                ? "\(property.rawValue) of the \(place) was as asked"
                : "\(property.rawValue) of the \(place) was not as asked in \(off) of \(lines.count) phases")
    }

    private func milliseconds(_ span: TimeSpan) -> String { "\((span.milliseconds * 100).rounded() / 100) ms" }

    private func percent(_ share: Probability) -> String { "\((share.value * 1000).rounded() / 10) %" }
}
