import LabModel

extension ReportPage {
    /// What became of the run and why.
    var verdict: Markup {
        let headline = Headline(of: result)
        let reasons = headline.reasons.map { Markup.tag("li", .text($0)) }
        return .tag(
            "section", class: "verdict \(result.verdict.rawValue)",
            .tag("h2", .text("\(result.verdict.symbol) \(headline.word)")).with("id", "verdict-title"),
            .paragraph(headline.sentence),
            reasons.isEmpty ? .nothing : .tag("ul", reasons)
        ).with("id", "verdict").with("aria-labelledby", "verdict-title")
    }

    /// The figures that people look for first.
    var keyFigures: Markup {
        let tiles = KeyFigure.figures(of: result).map { figure in
            Markup.tag(
                "div", .tag("dt", .text(figure.name)), .tag("dd", .text(figure.value)),
                figure.note.map { .tag("dd", .text($0)) } ?? .nothing)
        }
        return tiles.isEmpty ? .nothing : .tag("dl", class: "figures", tiles).with("aria-label", "Key figures")
    }

    /// Asked, applied and measured, side by side.
    var proofs: Markup {
        var table = Table(
            "Each impairment as it was asked for, as the kernel holds it, and as it was measured",
            [
                .text("Property"), .number("Asked"), .number("Applied"), .number("Measured"), .number("Error"),
                .judgement("Judgement"), .note("Witness"),
            ], stacks: true)
        for group in ProofGroup.groups(of: result.proofs) {
            table.addGroup(group.title.prefix(1).uppercased() + group.title.dropFirst())
            for proof in group.proofs { table.add(cells(of: proof)) }
        }
        return .section("proofs", "Asked, applied, measured", table.rows.isEmpty ? [] : [table.markup])
    }

    /// A figure, and beneath it what to read it with.
    private func figure(_ text: String, _ beneath: String) -> Markup {
        guard !beneath.isEmpty else { return .text(text) }
        return .group([.text(text), .tag("span", class: "interval", .text(beneath))])
    }

    private func cells(of proof: LinkProof) -> [Markup] {
        let words = ProofWords(proof)
        let tones: [LinkProof.Judgement: String] = [.confirmed: "yes", .off: "no", .unmeasured: "open"]
        let judgement = "\(proof.judgement.symbol) \(words.judgement)"
        let witness = [proof.witness, words.note].filter { !$0.isEmpty }.joined(separator: "; ")
        return [
            .text(words.name), figure(words.asked, words.predicted.isEmpty ? "" : "predicted \(words.predicted)"),
            .text(words.applied),
            figure(words.measured, words.interval), figure(words.error, words.tolerance),
            .tag("span", class: "judged \(tones[proof.judgement, default: ""])", .text(judgement)),
            .tag("span", class: "note", .text(witness)),
        ]
    }
}
