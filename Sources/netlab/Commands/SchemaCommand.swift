import CommandLineKit
import Engine
import FoundationEssentials
import Scenario

/// `netlab schema`: the JSON Schemas of what netlab reads and writes.
enum SchemaCommand {
    static let command = Command(
        "schema",
        summary: "Print the JSON Schema of scenarios or of results.",
        examples: [
            .init("netlab schema > scenario.schema.json", "For an editor that checks YAML."),
            .init("netlab schema result", "What result.json holds."),
        ],
        arguments: [
            Argument(
                "what", .optional, completion: .choices(["scenario", "result"]), "Which one; scenario when left out.")
        ]
    ) { arguments in
        print(arguments.argument("what") == "result" ? try result() : ScenarioSchema.text, terminator: "")
        return .pass
    }

    private static func result() throws -> String {
        let path = try Installation.find().resources.map { $0 + "/result.schema.json" }
        guard let data = path.flatMap(FileManager.default.contents(atPath:)) else {
            throw Failure(
                "the result's schema is not part of this installation", hint: "'make install' puts it in place",
                status: .invalid)
        }
        return String(decoding: data, as: UTF8.self)
    }
}
