import LabModel

/// Sorts runs into contenders and conditions, and names both by what tells them apart.
struct RunGrouping {
    struct Place: Hashable {
        var contender: Int
        var condition: Int
    }

    /// The names, in the order in which the runs first have them.
    let contenders: [String]
    let conditions: [String]
    /// One for each run.
    let places: [Place]
    /// Where links, media or engines differ though nobody asked for it.
    let warnings: [String]
    /// The settings that all runs share.
    let common: [VariantSetting]

    /// - Parameter byVariant: a matrix has said what is compared; else all of a plan tells runs apart.
    init(_ runs: [RunIdentity], byVariant: Bool) {
        let byPipeline = Groups(runs.map { [$0.ownContender, byVariant ? [] : $0.pipeline] })
        let bySurroundings = Groups(runs.map { [$0.condition, byVariant ? [] : $0.surroundings] })
        places = zip(byPipeline.numbers, bySurroundings.numbers).map { Place(contender: $0, condition: $1) }
        contenders = Self.contenders(byPipeline.firsts.map { runs[$0] })
        conditions = Self.conditions(bySurroundings.firsts.map { runs[$0] })
        let media = runs.map { $0.pipeline.filter { $0.setting.hasPrefix("pipeline.media") } }
        var warnings = Self.difference(of: media).map { ["the media are not the same: \($0)"] } ?? []
        if Set(places).count < contenders.count * conditions.count,
            let words = Self.difference(of: runs.map(\.surroundings))
        {
            warnings.append("the links are not the same: \(words)")
        }
        self.warnings = warnings
        let all = runs.map { $0.pipeline + $0.surroundings }
        let apart = Set(Self.differing(all).flatMap(\.self))
        common = (all.first ?? []).filter { !apart.contains($0) }
    }

    private static func contenders(_ runs: [RunIdentity]) -> [String] {
        let isNamed = runs.contains { $0.name(of: "pipeline") != nil }
        if !isNamed, let ways = unique(runs.map(\.way.rawValue)) { return ways }
        let varied = runs.map { run in
            let other = run.contender.filter { $0.setting != "pipeline.protocol" }.map(\.label)
            return ((run.name(of: "pipeline") == nil ? [run.way.rawValue] : []) + other).joined(separator: ", ")
        }
        let apart = zip(runs, differing(runs.map(\.pipeline))).map { run, settings in
            ([run.way.rawValue] + settings.filter { $0.setting != "pipeline.protocol" }.map(\.label))
                .joined(separator: ", ")
        }
        return unique(varied) ?? told(apart)
    }

    private static func conditions(_ runs: [RunIdentity]) -> [String] {
        let varied = runs.map { $0.condition.map(\.label).joined(separator: ", ") }
        if !varied.contains(""), let names = unique(varied) { return names }
        let apart = differing(runs.map(\.surroundings)).map { $0.map(\.label).joined(separator: ", ") }
        return unique(runs.map(\.name)) ?? told(zip(runs, apart).map { $1.isEmpty ? $0.name : $1 })
    }

    private static func unique(_ names: [String]) -> [String]? { Set(names).count == names.count ? names : nil }

    /// With numbers where words do not tell them apart.
    private static func told(_ names: [String]) -> [String] {
        var seen: [String: Int] = [:]
        return names.map { name in
            seen[name, default: 0] += 1
            let number = seen[name] ?? 1
            return number > 1 ? "\(name) (\(number))" : name
        }
    }

    /// Of each list the settings that not all have alike.
    private static func differing(_ lists: [[VariantSetting]]) -> [[VariantSetting]] {
        guard let first = lists.first else { return [] }
        let common = lists.dropFirst().reduce(Set(first)) { $0.intersection($1) }
        return lists.map { $0.filter { !common.contains($0) } }
    }

    /// The settings in which the lists differ, each with its values; nil where there is none.
    private static func difference(of lists: [[VariantSetting]]) -> String? {
        var values: [(setting: String, values: [String])] = []
        for setting in differing(lists).flatMap(\.self) {
            guard let index = values.firstIndex(where: { $0.setting == setting.setting }) else {
                values.append((setting.setting, [setting.value]))
                continue
            }
            if !values[index].values.contains(setting.value) { values[index].values.append(setting.value) }
        }
        guard !values.isEmpty else { return nil }
        let words = values.prefix(6).map { setting, values in
            let isEverywhere = lists.allSatisfy { $0.contains { $0.setting == setting } }
            return "\(setting) is " + (values + (isEverywhere ? [] : ["not set"])).joined(separator: " or ")
        }
        return words.joined(separator: "; ") + (values.count > 6 ? "; and \(values.count - 6) more" : "")
    }
}

/// Numbers for what is equal, in the order of first appearance.
private struct Groups<Key: Hashable> {
    private(set) var numbers: [Int] = []
    /// The index of each group's first.
    private(set) var firsts: [Int] = []

    init(_ keys: [Key]) {
        var known: [Key: Int] = [:]
        for (index, key) in keys.enumerated() {
            let number = known[key] ?? firsts.count
            if known.updateValue(number, forKey: key) == nil { firsts.append(index) }
            numbers.append(number)
        }
    }
}
