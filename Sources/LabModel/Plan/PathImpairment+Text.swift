extension PathImpairment {
    /// Each thing that it does, as people write it: `distribution normal`, `reorder 25 %, gap 5`; none where it is plain.
    package var texts: [String] { changes(from: .plain) }

    /// Only what differs from `before`.
    package func changes(from before: PathImpairment) -> [String] {
        var parts: [String] = []
        if raw != before.raw { parts.append(raw ? "raw" : "in order") }
        if distribution != before.distribution { parts.append("distribution \(distribution.name)") }
        if correlation != before.correlation {
            parts.append("correlation \(Quantity.ratio.setting(correlation.value))")
        }
        if reorder != before.reorder { parts.append("reorder \(reorder?.text ?? "none")") }
        if duplicate != before.duplicate { parts.append("duplicate \(duplicate?.text ?? "none")") }
        if corrupt != before.corrupt { parts.append("corrupt \(corrupt?.text ?? "none")") }
        if slots != before.slots { parts.append("slots \(slots?.text ?? "none")") }
        if marks != before.marks { parts.append(marks ? "marked instead of lost" : "lost instead of marked") }
        return parts
    }
}

extension Chance {
    /// As people write it: `5 %`, or `5 % with correlation 50 %, which makes it 0 %`.
    package var text: String {
        let asked = Quantity.ratio.setting(share.value)
        guard correlation > .zero else { return asked }
        return "\(asked) with correlation \(Quantity.ratio.setting(correlation.value)), which makes it "
            + Quantity.ratio.setting(predicted.value)
    }
}

extension Reordering {
    package var text: String { gap > 1 ? "\(chance.text), gap \(gap)" : chance.text }
}

extension Slots {
    /// As people write it: `20 ms to 30 ms apart, up to 10 packets`.
    package var text: String {
        var parts: [String] =
            switch spacing {
            case .between(let least, let most): ["\(least.setting) to \(most.setting) apart"]
            case .distributed(let distribution, let mean, let jitter):
                ["\(mean.setting) apart, jitter \(jitter.setting) \(distribution.name)"]
            }
        if let packets { parts.append("up to \(Int64(packets).grouped) packets") }
        if let bytes { parts.append("up to \(Quantity.size.setting(Double(bytes.bytes)))") }
        return parts.joined(separator: ", ")
    }
}
