import CommandLineKit
import Engine
import FoundationEssentials
import Scenario

/// `netlab schema`: the JSON Schemas of what netlab reads and writes.
enum SchemaCommand {
    static let command = Command(
        "schema",
        summary: "Print the JSON Schema of scenarios, of results or of searches.",
        examples: [
            .init("netlab schema > scenario.schema.json", "For an editor that checks YAML."),
            .init("netlab schema result", "What result.json holds."),
            .init("netlab schema search", "What search.json holds."),
        ],
        arguments: [
            Argument(
                "what", .optional, completion: .choices(["scenario", "result", "search"]),
                "Which one; scenario when left out.")
        ]
    ) { arguments in
        let what = arguments.argument("what") ?? "scenario"
        print(["result", "search"].contains(what) ? try written(what) : ScenarioSchema.text, terminator: "")
        return .pass
    }

    /// The schema of what netlab writes, which is a file of the installation.
    private static func written(_ what: String) throws -> String {
        let path = try Installation.find().resources.map { $0 + "/\(what).schema.json" }
        guard let data = path.flatMap(FileManager.default.contents(atPath:)) else {
            throw Failure(
                "the schema of a \(what) is not part of this installation", hint: "'make install' puts it in place",
                status: .invalid)
        }
        return String(decoding: data, as: UTF8.self)
    }
}
