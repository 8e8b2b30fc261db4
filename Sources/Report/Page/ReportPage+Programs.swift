import LabModel

extension ReportPage {
    /// The user's own programs: what was run, what was seen of it, and what cannot be known.
    var programs: Markup {
        guard let report = result.programs else { return .nothing }
        return .section(
            "programs", "Programs",
            [commands(report), traffic(report), files(report)])
    }

    private func commands(_ report: ProgramsReport) -> Markup {
        var table = Table("What was run", [.text("Part"), .text("Command"), .text("Ended"), .text("Printed")])
        for program in report.programs {
            let exit = result.run.workers.first { $0.role == program.role }
            table.add(program.role, program.run, exit.map(Self.ending) ?? Quantity.unknown, program.log)
        }
        return table.markup
    }

    private static func ending(_ exit: WorkerExit) -> String {
        let end = exit.status.map { "exit code \($0)" } ?? exit.signal.map { "signal \($0)" } ?? Quantity.unknown
        return exit.asked == true ? "\(end), when told to end" : end
    }

    private func traffic(_ report: ProgramsReport) -> Markup {
        guard !report.traffic.isEmpty else { return .paragraph("Nothing of theirs came over the link.") }
        var table = Table(
            "What came over the link, by the first bytes of each flow",
            [.text("Protocol"), .text("Over"), .text("From"), .text("To"), .number("Packets"), .number("Payload")])
        for flow in report.traffic.prefix(Self.longestList) {
            table.add(
                flow.protocol ?? Quantity.unknown, flow.transport.uppercased(), flow.first, flow.second,
                flow.packets.grouped, flow.bytes.text)
        }
        return table.markup
    }

    private func files(_ report: ProgramsReport) -> Markup {
        guard !report.files.isEmpty else { return .nothing }
        var table = Table(
            "What they wrote", [.text("File"), .text("Media"), .number("Length"), .number("Size")])
        for file in report.files.prefix(Self.longestList) {
            table.add(
                file.name, file.media ?? Quantity.unknown, file.duration?.text ?? Quantity.unknown, file.size.text)
        }
        return table.markup
    }
}
