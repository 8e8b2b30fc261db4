package import LabModel

/// What a run says on the terminal when it has ended.
package struct TerminalSummary {
    private let text: TerminalText

    /// With colour on a terminal that shows it.
    package init(colour: Bool) {
        text = TerminalText(colour: colour)
    }

    /// The summary, ending in a new line; `report` is where the page is, if it could be written.
    package func text(of result: RunResult, report: String?) -> String {
        let headline = Headline(of: result)
        var lines = [text.toned(TerminalText.plain(result.title), .strong) + text.toned(facts(of: result), .faint), ""]
        lines += proofs(of: result)
        lines += figures(of: result)
        lines.append(toned(headline.word, result.verdict) + "  " + headline.sentence)
        lines += headline.reasons.map { "  " + TerminalText.plain($0) }
        if let earlier = result.run.harness.earlierTry {
            lines.append("Second try  " + TerminalText.plain(earlier.words))
        }
        if let report { lines += ["", "report  " + TerminalText.plain(report)] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func facts(of result: RunResult) -> String {
        let plan = result.plan
        let time = TimeTaken(result.run.harness).map { ", \($0.words)" } ?? ""
        return
            "  \(plan.pipeline.protocol.rawValue), \(plan.duration.clock), \(result.run.engine.rawValue) engine\(time)"
    }

    private func toned(_ word: String, _ verdict: Verdict) -> String {
        switch verdict {
        case .pass: text.toned(word, .good)
        case .fail: text.toned(word, .bad)
        case .invalid: text.toned(word, .doubt)
        case .unsupported: text.toned(word, .strong)
        }
    }

    /// Asked, applied and measured, line by line.
    private func proofs(of result: RunResult) -> [String] {
        let groups = ProofGroup.groups(of: result.proofs)
        guard !groups.isEmpty else { return [] }
        var rows = [["", "", "asked", "applied", "predicted", "measured", "error", ""]]
        var judgements: [LinkProof.Judgement?] = [nil]
        for group in groups {
            for (index, proof) in group.proofs.filter(\.isTold).enumerated() {
                let words = ProofWords(proof)
                judgements.append(proof.judgement)
                rows.append(
                    [
                        index == 0 ? group.title : "", words.name, words.asked, words.applied, words.predicted,
                        words.measured,
                        words.error, "\(proof.judgement.symbol) \(words.judgement)",
                    ])
            }
        }
        let lines = TextColumns.lines(rows, rightAligned: [2, 3, 4, 5, 6])
        let untold = result.proofs.count - (rows.count - 1)
        let rest = untold > 0 ? [text.toned("\(untold) more, as asked or not measured, in the report", .faint)] : []
        return zip(lines, judgements).map { toned($0, $1) } + rest + [""]
    }

    private func toned(_ line: String, _ judgement: LinkProof.Judgement?) -> String {
        switch judgement {
        case .off: text.toned(line, .bad)
        case nil, .unmeasured: text.toned(line, .faint)
        case .confirmed: line
        }
    }

    private func figures(of result: RunResult) -> [String] {
        let rows = KeyFigure.figures(of: result).map { [$0.name, $0.value, $0.note ?? ""] } + rtp(result)
        guard !rows.isEmpty else { return [] }
        return TextColumns.lines(rows, rightAligned: [1]) + [""]
    }

    private func rtp(_ result: RunResult) -> [[String]] {
        (result.received?.streams ?? []).prefix(4).map { stream in
            let jitter = stream.meanJitter.map { ", jitter \($0.text)" } ?? ""
            return [
                "RTP \(stream.stream?.rawValue ?? stream.title) lost", Quantity.ratio.text(stream.loss),
                "\(stream.missing.grouped) of \(stream.expected.grouped)\(jitter)",
            ]
        }
    }
}

extension LinkProof {
    /// What a short summary tells: all that is off, and what was set and measured.
    fileprivate var isTold: Bool {
        switch judgement {
        case .off: true
        case .confirmed: property != .order && (asked ?? 0) > 0
        case .unmeasured: false
        }
    }
}
