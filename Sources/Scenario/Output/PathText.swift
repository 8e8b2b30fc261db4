import LabModel

extension ImpairmentText {
    /// The path beside delay, jitter and loss.
    var path: [Setting] {
        let path = impairment.path
        return [
            ("distribution", path.distribution.name, nil),
            ("correlation", UnitText.ratio(path.correlation.value), nil), ("raw", path.raw ? "true" : "false", nil),
            ("reorder", path.reorder?.setting ?? Self.none, path.reorder?.chance.note),
            ("duplicate", path.duplicate?.setting ?? Self.none, path.duplicate?.note),
            ("corrupt", path.corrupt?.setting ?? Self.none, path.corrupt?.note),
            ("slot", path.slots?.setting ?? "none", nil),
            ("match", impairment.match?.text ?? "all", impairment.match.map { _ in Self.beside }),
            ("drop", impairment.drop?.text ?? "none", nil),
        ]
    }

    /// The settings without those of a plain path, which say nothing.
    var said: [Setting] {
        let clean = ImpairmentText(impairment: .clean)
        let plain = clean.path + clean.settings.filter { $0.key == "carrier" }
        return settings.filter { setting in !plain.contains { $0.key == setting.key && $0.value == setting.value } }
    }

    private static let none = "0%"
    private static let beside = "all other packets pass the path at once, with neither delay nor loss"
}

extension Chance {
    var setting: String {
        let share = UnitText.ratio(share.value)
        return correlation == .zero ? share : "\(share) correlation \(UnitText.ratio(correlation.value))"
    }

    /// What the kernel makes of a correlation.
    var note: String? {
        guard correlation > .zero else { return nil }
        let share = UnitText.ratio((predicted.value * 1e4).rounded() / 1e4)
        return "with this correlation the kernel's arithmetic makes it \(share)"
    }
}

extension Reordering {
    fileprivate var setting: String { gap > 1 ? "\(chance.setting) gap \(gap)" : chance.setting }
}

extension Slots {
    fileprivate var setting: String {
        var words: [String] =
            switch spacing {
            case .between(let least, let most): ["min \(UnitText.time(least)) max \(UnitText.time(most))"]
            case .distributed(let distribution, let mean, let jitter):
                ["mean \(UnitText.time(mean)) jitter \(UnitText.time(jitter)) distribution \(distribution.name)"]
            }
        if let packets { words.append("packets \(packets)") }
        if let bytes { words.append("bytes \(UnitText.size(bytes))") }
        return words.joined(separator: " ")
    }
}
