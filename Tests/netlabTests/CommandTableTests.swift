import CommandLineKit
import Testing

@testable import netlab

@Suite("The table of commands")
struct CommandTableTests {
    @Test("has no programmer's mistakes")
    func mistakes() {
        #expect(CommandTable.program.root.mistakes() == [])
    }

    @Test("has what was promised")
    func names() {
        let names = Set(CommandTable.program.root.subcommands.map(\.name))
        let promised = [
            "run", "list", "validate", "plan", "analyze", "report", "compare", "doctor", "kernel", "init", "schema",
            "completion", "shape", "exec",
        ]
        #expect(names.isSuperset(of: promised))
    }

    @Test("shows examples that the parser takes")
    func examples() {
        for (path, command) in commands(CommandTable.program.root, []) {
            for example in command.examples where example.line.hasPrefix("netlab ") {
                // What a shell does with the rest of the line is not the parser's business.
                let words = example.line.split(separator: " ").dropFirst().prefix { !["|", ">", "&&"].contains($0) }
                let plain = words.map { $0.hasPrefix("'") ? String($0.dropFirst().dropLast()) : String($0) }
                #expect(throws: Never.self, "\(path): \(example.line)") { try CommandTable.program.parse(plain) }
            }
        }
    }

    @Test("makes completion scripts that name every command and option", arguments: CompletionShell.allCases)
    func completion(_ shell: CompletionShell) {
        let script = CompletionScript(program: CommandTable.program, shell: shell).render()
        for (_, command) in commands(CommandTable.program.root, []) {
            #expect(script.contains(command.name))
            for option in command.options { #expect(script.contains(option.name), "\(command.name) --\(option.name)") }
        }
    }

    private func commands(_ command: Command, _ path: [String]) -> [(String, Command)] {
        let here = path + [command.name]
        return [(here.joined(separator: " "), command)] + command.subcommands.flatMap { commands($0, here) }
    }
}
