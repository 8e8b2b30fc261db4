import LabModel

/// What a run was of, so that it finds its place among others.
struct RunIdentity {
    let way: StreamProtocol
    let name: String
    /// What the matrix says of its contender and of its condition.
    let contender: [VariantSetting]
    let condition: [VariantSetting]
    /// All of its plan's settings, as people read them, by what they belong to.
    let pipeline: [VariantSetting]
    let surroundings: [VariantSetting]

    init(_ result: RunResult, settings: [VariantSetting]) {
        way = result.plan.pipeline.protocol
        name = result.plan.name
        let variant = result.plan.variant.filter { !Self.repeating.contains($0.setting) }
        contender = variant.filter(\.isOfPipeline)
        condition = variant.filter { !$0.isOfPipeline }
        let telling = settings.filter { !Self.untelling.contains($0.setting) }
        pipeline = telling.filter(\.isOfPipeline)
        surroundings =
            telling.filter { !$0.isOfPipeline }
            + [VariantSetting(setting: "engine", value: result.run.engine.rawValue)]
    }

    /// What a matrix says of it, and its protocol.
    var ownContender: [VariantSetting] {
        contender + [VariantSetting(setting: "pipeline.protocol", value: way.rawValue)]
    }

    /// What a matrix calls its value of `setting`.
    func name(of setting: String) -> String? { contender.first { $0.setting == setting }?.value }

    /// Runs that differ in nothing else are repetitions of each other.
    private static let repeating: Set = ["seed", VariantSetting.repetition]
    private static let untelling: Set = ["seed", "engine", "expect"]
}

extension VariantSetting {
    /// Of the pipeline: what is compared. All else is what it is compared under.
    var isOfPipeline: Bool { setting == "pipeline" || setting.hasPrefix("pipeline.") }

    /// As a table names it: what says most in the fewest words.
    var label: String {
        if Self.namedByValue.contains(setting) { return value }
        let words = setting.split(separator: ".")
        let short = words.count > 1 && ["pipeline", "link"].contains(words[0]) ? words.dropFirst() : words[...]
        return short.joined(separator: ".") + " " + value
    }

    /// The names that a scenario gives to these say it all.
    private static let namedByValue: Set = [
        "pipeline", "pipeline.protocol", "condition", "link", "profile", "timeline",
    ]
}
