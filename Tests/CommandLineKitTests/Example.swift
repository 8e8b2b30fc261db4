@testable import CommandLineKit

/// A small program with one of everything.
enum Example {
    static let program = Program(
        root: Command(
            "lab", summary: "Try things.", discussion: "A program that only tests know.",
            examples: [.init("lab run one", "Run one thing.")], subcommands: [run, kernel]),
        version: "1.2")

    static let run = Command(
        "run", summary: "Run things.",
        options: [
            .flag("json", short: "j", "Print JSON."),
            .flag("quiet", short: "q", "Print less."),
            .value("engine", short: "e", default: "auto", completion: .choices(["auto", "host"]), "Which engine."),
            .repeated("set", placeholder: "path=value", "Override a setting."),
            .value("jobs", placeholder: "count", "How many at once."),
        ],
        arguments: [Argument("thing", .repeated(minimum: 1), completion: .lines(of: "lab list"), "What to run.")]
    ) { _ in .pass }

    static let kernel = Command(
        "kernel", summary: "Look after kernels.",
        subcommands: [
            Command(
                "exec", summary: "Run a program in one.",
                arguments: [Argument("name", .optional, "Which one."), Argument("words", .passThrough, "The program.")]
            ) { _ in .fail }
        ])

    /// What parsing gives, on one line.
    static func outcome(_ words: [String]) -> String {
        do {
            switch try program.parse(words) {
            case .version: return "version"
            case .help(let text): return "help: " + text.usage
            case .run(let arguments): return arguments.text
            }
        } catch {
            return
                (["error: " + error.error.message] + [error.error.hint, error.usage, error.advice].compactMap { $0 })
                .joined(separator: " | ")
        }
    }
}

extension ParsedArguments {
    fileprivate var text: String {
        let options = given.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: ","))" }
        let places = positional.sorted { $0.key < $1.key }.map { "<\($0.key)>=\($0.value.joined(separator: ","))" }
        return ([path.joined(separator: " ")] + flags.sorted() + options + places).joined(separator: " ")
    }
}
