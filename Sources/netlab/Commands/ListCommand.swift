import CommandLineKit
import LabModel
import Scenario

/// `netlab list`: the shipped scenarios and the catalogue of profiles.
enum ListCommand {
    static let command = Command(
        "list",
        summary: "List the shipped scenarios, or the catalogue of link profiles.",
        examples: [
            .init("netlab list", "Shipped scenarios, with what each is for."),
            .init("netlab list profiles --sources", "Link profiles, with where their numbers come from."),
        ],
        options: [
            .flag("names", "Names only, one a line."),
            .flag("sources", "Show where each profile's numbers come from."),
        ],
        arguments: [
            Argument(
                "what", .optional, completion: .choices(["scenarios", "profiles"]),
                "What to list; scenarios when left out.")
        ]
    ) { arguments in
        let isProfiles = arguments.argument("what") == "profiles"
        if arguments.flag("sources"), !isProfiles { throw UsageError.rule("only profiles have sources") }
        let names = arguments.flag("names")
        if isProfiles {
            listProfiles(names: names, sources: arguments.flag("sources"))
        } else {
            listScenarios(names: names)
        }
        return .pass
    }

    private static func listScenarios(names: Bool) {
        let loader = ScenarioSource.loader()
        if names {
            for name in loader.shippedNames { print(name) }
            return
        }
        let rows = loader.shippedScenarios.compactMap { path -> TextTable.Row? in
            guard let plan = (try? loader.load(path))?.plans.first else { return nil }
            return TextTable.Row([plan.slug, UnitText.time(plan.duration)], text: plan.description ?? plan.name)
        }
        print(TextTable(headings: ["scenario", "length", "what it is"], rows: rows).render(on: .output))
    }

    private static func listProfiles(names: Bool, sources: Bool) {
        if names {
            for profile in Profile.catalogue { print(profile.name) }
            return
        }
        let rows = Profile.catalogue.map { profile in
            let cells = Direction.allCases.map { cell(profile.link[$0]) }
            return TextTable.Row([profile.name] + cells, text: sources ? profile.source : profile.summary)
        }
        let last = sources ? "source" : "what it is"
        print(TextTable(headings: ["profile", "downlink", "uplink", last], rows: rows).render(on: .output))
    }

    /// At the start.
    private static func cell(_ settings: LinkSettings?) -> String {
        let words = (settings?.settings ?? []).map { key, value in
            ["rate", "delay"].contains(key) ? value : "\(key) \(value)"
        }
        return words.isEmpty ? "clean" : words.joined(separator: " ")
    }
}
