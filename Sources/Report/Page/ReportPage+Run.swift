import LabModel
import RunStore

extension ReportPage {
    /// What the verdict was made of.
    var checks: Markup {
        .group([validity, expectations])
    }

    private var validity: Markup {
        var table = Table(
            "Reasons for and against trusting this run", [.text("Check"), .judgement("Result"), .note("Finding")],
            stacks: true)
        for check in result.validity {
            table.add([.text(check.name), judged(check.passed, "holds", "fails"), .text(check.finding)])
        }
        return .section("validity", "Validity", table.rows.isEmpty ? [] : [table.markup])
    }

    private var expectations: Markup {
        var table = Table(
            "The scenario's expectations", [.text("Expectation"), .number("Measured"), .judgement("Result")],
            stacks: true)
        for line in result.expectations {
            let measured = line.measured.map { line.quantity.text($0) } ?? line.words(ofAbsence: result)
            table.add([.text(line.expectation.text), .text(measured), judged(line.passed, "met", "not met")])
        }
        return .section("expectations", "Expectations", table.rows.isEmpty ? [] : [table.markup])
    }

    private func judged(_ passed: Bool, _ yes: String, _ no: String) -> Markup {
        .tag(
            "span", class: "judged \(passed ? "yes" : "no")",
            .text(passed ? "\(Verdict.pass.symbol) \(yes)" : "\(Verdict.fail.symbol) \(no)"))
    }

    /// How the run was made, and what to know of that.
    var conduct: Markup {
        .section(
            "run", "How it was run",
            [virtualTime, pairs(Conduct(result).facts), warnings, captures, workers, applied, plan])
    }

    private func pairs(_ facts: [Conduct.Fact]) -> Markup {
        .tag("dl", class: "pairs", facts.flatMap { [.tag("dt", .text($0.name)), .tag("dd", .text($0.value))] })
    }

    private var virtualTime: Markup {
        guard result.run.engine == .virtual else { return .nothing }
        return .tag(
            "aside", class: "box",
            .paragraph(
                "This run was made in virtual time, where computing takes no time. It shows what the network and the "
                    + "protocol do. It cannot show a processor that is too slow to keep up, the delay of a codec, "
                    + "or what a real network card and its driver add."))
    }

    private var warnings: Markup {
        guard !result.run.warnings.isEmpty else { return .nothing }
        let items = result.run.warnings.map { Markup.tag("li", .text($0)) }
        return .group([.tag("h3", "Warnings"), .tag("ul", items)])
    }

    private var captures: Markup {
        var table = Table(
            "Captures",
            [
                .text("At"), .text("File"), .number("Packets"), .number("Dropped by the kernel"),
                .number("Dropped by the interface"),
            ])
        for capture in result.run.captures {
            table.add(
                capture.hop.map { "hop \($0), \(capture.point.rawValue)" } ?? capture.point.rawValue, capture.file,
                capture.packets.grouped, capture.droppedByKernel.grouped,
                capture.droppedByInterface.grouped)
        }
        return table.markup
    }

    private var workers: Markup {
        var table = Table("Workers", [.text("Role"), .text("End"), .number("Processor time"), .text("Last words")])
        for worker in result.run.workers {
            table.add(worker.role, worker.end, worker.cpu?.text ?? Quantity.unknown, worker.lastWords ?? "")
        }
        return table.markup
    }

    /// The qdiscs as the kernel held them at the end.
    private var applied: Markup {
        let readbacks = result.run.finalReadbacks.isEmpty ? result.run.readbacks : result.run.finalReadbacks
        var table = Table(
            "The link's qdiscs as the kernel reports them",
            [
                .text("Interface"), .text("Qdisc"), .text("Parameters"), .text("It counts"), .number("Packets"),
                .number("Drops"),
                .number("Waiting"),
            ])
        for readback in readbacks {
            table.addGroup(
                readback.direction.word(ofHop: readback.hop) + (readback.seeded ? ", seeded" : ", not seeded"))
            for qdisc in readback.qdiscs { table.add(cells(of: qdisc)) }
            for filter in readback.filters ?? [] { table.add(cells(of: filter, before: readback.qdiscs.last)) }
        }
        guard !table.rows.isEmpty else { return .nothing }
        return .tag("details", .tag("summary", "What the kernel reports"), table.markup)
    }

    private func cells(of qdisc: QdiscState) -> [Markup] {
        let parameters = qdisc.parameters.map(\.text)
        let counted = (qdisc.statistics ?? []).map(\.text)
        return [
            .text(qdisc.interface), .text("\(qdisc.kind) \(qdisc.handle)"),
            .text(parameters.joined(separator: ", ")), .text(counted.joined(separator: ", ")),
            .text(qdisc.counters.packets.grouped),
            .text(qdisc.counters.drops.grouped),
            .text(ByteCount(qdisc.counters.backlogBytes).text),
        ]
    }

    /// - Parameter path: where it stands. Its program is in `result.json`: it is long, and nobody reads it.
    private func cells(of filter: FilterState, before path: QdiscState?) -> [Markup] {
        let parts = filter.command.split(separator: "'")
        let words = parts.count == 3 ? "\(parts[0])\u{2026}\(parts[2])" : filter.command
        return [
            .text(path?.interface ?? ""), .text("filter \(filter.role.rawValue)"), .text(words), .text(""),
            .text(filter.packets.grouped), .text(filter.drops.grouped), .text(""),
        ]
    }

    private var plan: Markup {
        guard let data = try? JSONText.pretty(result.plan) else { return .nothing }
        return .tag(
            "details", .tag("summary", "The plan, with every default filled in"),
            .tag("pre", .text(String(decoding: data, as: UTF8.self))))
    }
}

extension WorkerExit {
    /// How it ended, in words.
    fileprivate var end: String {
        if let signal { return "ended by signal \(signal)" }
        return status.map { $0 == 0 ? "well" : "status \($0)" } ?? Quantity.unknown
    }
}
