package import LabModel

extension ReportPage {
    /// What the RTP packets carried.
    var payload: Markup {
        let streams = (result.received?.streams ?? []).filter { $0.payload != nil }
        guard !streams.isEmpty else { return .nothing }
        var table = Table("RTP payload", [.text("Figure")] + streams.map { .figure($0.title) })
        for figure in PayloadReport.figures {
            let cells = streams.map { $0.payload.flatMap(figure.text) ?? Quantity.unknown }
            table.add([.text(figure.name)] + cells.map(Markup.text))
        }
        return table.markup
    }
}

extension PayloadReport {
    /// One figure and how it is written; `nil` where the format has none.
    package struct Figure {
        package var name: String
        package var text: (PayloadReport) -> String?
    }

    /// All figures, in the order of the page and of `netlab analyze`.
    package static var figures: [Figure] {
        [
            Figure(name: "Format") { "\($0.format.rawValue), \($0.origin.words)" },
            Figure(name: "Parameters") { $0.parameters.isEmpty ? nil : $0.parameters.joined(separator: "; ") },
            Figure(name: "Packets") { Self.list($0.packets) },
            Figure(name: "Units") { Self.list($0.units) },
            Figure(name: "Frames whole") { frames($0, \.complete, \.completeKeys) },
            Figure(name: "Frames damaged") { frames($0, \.damaged, \.damagedKeys) },
            Figure(name: "Frames missing, by timestamps") { $0.frames?.missing.grouped },
            Figure(name: "Slices") { slices($0) },
            Figure(name: "Packets that do not fit") { $0.unreadable.grouped },
        ]
    }

    private static func list(_ counts: [Count]) -> String? {
        let shown = counts.filter { $0.count > 0 }.map { "\($0.count.grouped) \($0.name)" }
        return shown.isEmpty ? nil : shown.joined(separator: ", ")
    }

    private static func frames(
        _ report: PayloadReport, _ all: KeyPath<Frames, Int64>, _ keys: KeyPath<Frames, Int64?>
    ) -> String? {
        report.frames.map { frames in
            frames[keyPath: all].grouped + (frames[keyPath: keys].map { ", \($0.grouped) of them key frames" } ?? "")
        }
    }

    private static func slices(_ report: PayloadReport) -> String? {
        guard let slices = report.slices, let first = report.firstSlices, let most = report.mostSlices else {
            return nil
        }
        return "\(slices.grouped), \(first.grouped) of them first in a picture; at most \(most.grouped) in one"
    }
}

extension PayloadReport.Origin {
    fileprivate var words: String {
        switch self {
        case .run: "said by the sender"
        case .option: "as asked"
        case .session: "by a session description"
        case .type: "by its payload type"
        case .guess: "guessed from the packets"
        }
    }
}
