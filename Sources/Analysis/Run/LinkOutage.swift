internal import LabModel

/// A time in which nothing passed the link, in one direction or in both.
struct LinkOutage: Equatable {
    var start: Timestamp
    var end: Timestamp
    var directions: [Direction]

    /// Those of a run's timeline that ended, in the order of time; what overlaps is one.
    static func all(_ plan: Plan, _ run: RunRecord) -> [LinkOutage] {
        let single = Direction.allCases.flatMap { outages(of: $0, plan, run) }.sorted { $0.start < $1.start }
        return single.reduce(into: []) { merged, outage in
            guard let last = merged.last, outage.start <= last.end else {
                merged.append(outage)
                return
            }
            merged[merged.count - 1].end = max(last.end, outage.end)
            merged[merged.count - 1].directions += outage.directions.filter { !last.directions.contains($0) }
        }
    }

    private static func outages(of direction: Direction, _ plan: Plan, _ run: RunRecord) -> [LinkOutage] {
        let planned = Dictionary(plan.timeline.map { ($0.at, $0) }, uniquingKeysWith: { $1 })
        var start = plan.impairment(of: direction).letsNothingPass ? run.streamStart : nil
        var outages: [LinkOutage] = []
        for change in run.changes.sorted(by: { $0.tookEffect < $1.tookEffect }) {
            guard let impairment = planned[change.asked]?.impairments[direction] else { continue }
            if impairment.letsNothingPass {
                start = start ?? change.tookEffect
            } else if let from = start {
                outages.append(LinkOutage(start: from, end: change.tookEffect, directions: [direction]))
                start = nil
            }
        }
        return outages
    }
}

extension Impairment {
    /// Whether all packets are lost.
    fileprivate var letsNothingPass: Bool { carrier == .down || (match == nil && loss.isCertain) }
}

extension LossModel {
    fileprivate var isCertain: Bool {
        if case .independent(let probability) = self { probability.value >= 1 } else { false }
    }
}
