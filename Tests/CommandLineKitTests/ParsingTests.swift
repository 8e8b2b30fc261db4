import Testing

@testable import CommandLineKit

struct ParsingCase: CustomTestStringConvertible {
    let words: String
    let outcome: String
    var testDescription: String { "lab " + words }

    init(_ words: String, _ outcome: String) {
        self.words = words
        self.outcome = outcome
    }
}

@Suite("Parsing a command line")
struct ParsingTests {
    static let usage = "usage: lab run [options] <thing>... | see 'lab run --help'"

    static let accepted = [
        ParsingCase("run one", "lab run <thing>=one"),
        ParsingCase("run one two", "lab run <thing>=one,two"),
        ParsingCase("run --json one --engine host", "lab run json engine=host <thing>=one"),
        ParsingCase("run --engine=host one", "lab run engine=host <thing>=one"),
        ParsingCase("run -jq one", "lab run json quiet <thing>=one"),
        ParsingCase("run -jehost one", "lab run json engine=host <thing>=one"),
        ParsingCase("run -e host one", "lab run engine=host <thing>=one"),
        ParsingCase("run one --set a=1 --set=b=2", "lab run set=a=1,b=2 <thing>=one"),
        ParsingCase("run --jobs -3 one", "lab run jobs=-3 <thing>=one"),
        ParsingCase("run -- --json", "lab run <thing>=--json"),
        ParsingCase("run -", "lab run <thing>=-"),
        ParsingCase("kernel exec -- ls -l --json", "lab kernel exec <words>=ls,-l,--json"),
        ParsingCase("kernel exec a -- ls", "lab kernel exec <name>=a <words>=ls"),
        ParsingCase("--version", "version"),
        ParsingCase("--help", "help: usage: lab <command>"),
        ParsingCase("help run", "help: usage: lab run [options] <thing>..."),
        ParsingCase("run -h", "help: usage: lab run [options] <thing>..."),
        ParsingCase("kernel exec --help", "help: usage: lab kernel exec [<name>] [-- <words>...]"),
    ]

    static let refused = [
        ParsingCase("run --jsno one", "error: unknown option '--jsno' | did you mean '--json'? | \(usage)"),
        ParsingCase("run -json one", "error: unknown option '-json' | did you mean '--json'? | \(usage)"),
        ParsingCase("run -x one", "error: unknown option '-x' | \(usage)"),
        ParsingCase("run --frobnicate one", "error: unknown option '--frobnicate' | \(usage)"),
        ParsingCase("run one --engine", "error: missing value for '--engine <engine>' | \(usage)"),
        ParsingCase("run one --engine --json", "error: missing value for '--engine <engine>' | \(usage)"),
        ParsingCase("run one --json=yes", "error: '--json' takes no value, but 'yes' was given | \(usage)"),
        ParsingCase(
            "run one -e moon",
            "error: 'moon' is no value for '--engine <engine>': it takes one of auto, host | \(usage)"),
        ParsingCase("run", "error: missing argument '<thing>' | \(usage)"),
        ParsingCase(
            "rum", "error: unknown command 'rum' | did you mean 'run'? | usage: lab <command> | see 'lab --help'"),
        ParsingCase("", "error: 'lab' needs a subcommand | usage: lab <command> | see 'lab --help'"),
        ParsingCase(
            "kernel", "error: 'lab kernel' needs a subcommand | usage: lab kernel <command> | see 'lab kernel --help'"),
        ParsingCase(
            "kernel exec a b",
            "error: unexpected argument 'b' | usage: lab kernel exec [<name>] [-- <words>...] | see 'lab kernel exec --help'"
        ),
    ]

    @Test("takes what the table of commands says", arguments: accepted)
    func accepts(_ example: ParsingCase) {
        #expect(Example.outcome(example.words.split(separator: " ").map(String.init)) == example.outcome)
    }

    @Test("refuses the rest, naming the slot and what was typed", arguments: refused)
    func refuses(_ example: ParsingCase) {
        #expect(Example.outcome(example.words.split(separator: " ").map(String.init)) == example.outcome)
    }

    @Test("gives defaults, whole numbers and the last of several values")
    func values() throws {
        guard case .run(let given) = try Example.program.parse(["run", "one", "-ehost", "-eauto", "--jobs", "8"]),
            case .run(let bare) = try Example.program.parse(["run", "one", "--jobs", "99"])
        else {
            Issue.record("a plain command line asked for help")
            return
        }
        #expect(given.value("engine") == "auto")
        #expect(given.isGiven("engine"))
        #expect(try given.integer("jobs", in: 1...16) == 8)
        #expect(bare.value("engine") == "auto")
        #expect(!bare.isGiven("engine"))
        #expect(
            throws: UsageError.invalidValue(
                slot: "--jobs <count>", value: "99", expected: "a whole number from 1 to 16")
        ) { try bare.integer("jobs", in: 1...16) }
    }

    @Test("finds programmers' mistakes in a table")
    func mistakes() {
        #expect(Example.program.root.mistakes() == [])
        let broken = Command(
            "broken", summary: "No stop",
            options: [
                .flag("help", "Again."), .flag("all", short: "h", "All."),
                .value("engine", default: "moon", completion: .choices(["auto"]), "Which."),
            ],
            arguments: [
                Argument("first", .optional, "One."), Argument("rest", .repeated(minimum: 0), "All."),
                Argument("last", .required, "Two."),
            ]
        ) { _ in .pass }
        #expect(
            broken.mistakes() == [
                "broken: option --help twice", "broken: option -h twice",
                "broken: argument <rest> takes all that is left but is not the last",
                "broken: required argument <last> after an optional one",
                "broken: default 'moon' of --engine is none of its choices",
                "broken: summary 'No stop' without a full stop",
            ])
    }
}
