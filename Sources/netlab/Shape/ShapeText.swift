import LabModel
import RealInterface
import Scenario

/// What there is at an interface, in lines.
struct ShapeText {
    let report: ShapeReport

    var lines: [String] {
        guard report.isShaped else { return [untouched] }
        let mend = ", but not all of it is there: 'netlab shape \(report.name) --clear' mends that"
        let head = "\(report.name) is shaped by netlab" + (report.isIncomplete ? mend : "")
        return [head] + way("down", report.down) + way("up", report.up) + [row("before", report.before ?? "unknown")]
            + [row("reverts", reverts)]
    }

    private var untouched: String {
        let found = [report.root, report.ingress].compactMap { $0 }.joined(separator: " and ")
        return "\(report.name) is not shaped by netlab" + (found.isEmpty ? "" : "; it has \(found)")
    }

    private func way(_ name: String, _ way: ShapeReport.Way?) -> [String] {
        guard let way else { return [row(name, "as it is")] }
        let asked = way.asked.map { ImpairmentText(impairment: $0).settings.map { "\($0.key) \($0.value)" } }
        var lines = [row(name, asked?.joined(separator: ", ") ?? "unknown: the record is gone")]
        lines += way.qdiscs.map { row("", $0) }
        if let counters = way.counters {
            lines.append(
                row("", "\(counters.packets) packets, \(ByteCount(counters.bytes).text), \(counters.drops) dropped"))
        }
        return lines
    }

    private var reverts: String {
        let mend = "'netlab shape \(report.name) --clear' puts it back"
        return switch report.comesBack {
        case .never: "not by itself; \(mend)"
        case .after(let span): "in \(span.text)"
        case .unguarded(let span): "not by itself: it was to in \(span.text), but its guard was ended; \(mend)"
        case .overdue(let span): "overdue for \(span.text): its guard was ended; \(mend)"
        }
    }

    private func row(_ name: String, _ text: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 9 - name.count)) + text
    }
}
