import Testing

@testable import CommandLineKit

@Suite("Help")
struct HelpTests {
    private func help(_ words: String..., width: Int = 80) throws -> String {
        guard case .help(let text) = try Example.program.parse(words + ["--help"]) else { return "" }
        return text.render(width: width)
    }

    @Test("of the program lists its commands and shows examples")
    func program() throws {
        #expect(
            try help() == """
                Try things.

                usage: lab <command>

                A program that only tests know.

                Commands:
                  run                     Run things.
                  kernel                  Look after kernels.

                Options:
                  -h, --help              Show this help.
                      --version           Show the version.

                Examples:
                  lab run one
                      Run one thing.

                Run 'lab <command> --help' to read about one command.

                """)
    }

    @Test("of a command shows values, defaults and what may be repeated")
    func command() throws {
        #expect(
            try help("run") == """
                Run things.

                usage: lab run [options] <thing>...

                Arguments:
                  <thing>                 What to run.

                Options:
                  -j, --json              Print JSON.
                  -q, --quiet             Print less.
                  -e, --engine <engine>   Which engine. (values: auto, host; default: auto)
                      --set <path=value>  Override a setting. (may be given more than once)
                      --jobs <count>      How many at once.
                  -h, --help              Show this help.

                """)
    }

    @Test("fits the terminal")
    func width() throws {
        for width in [40, 60, 100] {
            let lines = try help("run", width: width).split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= width })
        }
    }
}

struct TerminalCase: CustomTestStringConvertible {
    let name: String
    var isTerminal = true
    var reported: Int?
    var environment: [String: String] = [:]
    var width = 80
    var hasColour = true
    var testDescription: String { name }
}

@Suite("What a terminal can do")
struct TerminalTests {
    static let cases = [
        TerminalCase(name: "a plain terminal"),
        TerminalCase(name: "one that says its width", reported: 132, width: 132),
        TerminalCase(name: "COLUMNS comes first", reported: 132, environment: ["COLUMNS": "60"], width: 60),
        TerminalCase(name: "a COLUMNS that is no width", reported: 132, environment: ["COLUMNS": "-1"], width: 132),
        TerminalCase(name: "NO_COLOR", environment: ["NO_COLOR": "1"], hasColour: false),
        TerminalCase(name: "an empty NO_COLOR does not count", environment: ["NO_COLOR": ""]),
        TerminalCase(name: "a dumb one", environment: ["TERM": "dumb"], hasColour: false),
        TerminalCase(name: "a pipe", isTerminal: false, hasColour: false),
    ]

    @Test("follows the environment and the conventions", arguments: cases)
    func terminal(_ example: TerminalCase) {
        let terminal = Terminal(
            isTerminal: example.isTerminal, reported: example.reported.map { Terminal.Size(columns: $0, lines: 24) },
            environment: { example.environment[$0] })
        #expect(terminal.width == example.width)
        #expect(terminal.hasColour == example.hasColour)
        #expect(Colour.red.paint("x", on: terminal) == (example.hasColour ? "\u{1B}[31mx\u{1B}[0m" : "x"))
    }
}
