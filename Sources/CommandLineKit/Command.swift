/// One command: what it is called, what it takes and what it does.
package struct Command: Sendable {
    /// What a command does with what it was given.
    package typealias Action = @Sendable (ParsedArguments) throws -> ExitStatus

    /// A command line worth showing, and what it is for.
    package struct Example: Sendable {
        package let line: String
        package let meaning: String

        package init(_ line: String, _ meaning: String) {
            self.line = line
            self.meaning = meaning
        }
    }

    package let name: String
    /// One line, ending with a full stop.
    package let summary: String
    /// Paragraphs between empty lines; wrapped to the terminal's width. Lines that begin with a blank stay as they are.
    package let discussion: String
    package let examples: [Example]
    package let options: [Option]
    package let arguments: [Argument]
    package let subcommands: [Command]
    let action: Action?

    /// A command that does something.
    package init(
        _ name: String, summary: String, discussion: String = "", examples: [Example] = [],
        options: [Option] = [], arguments: [Argument] = [], run action: @escaping Action
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.options = options
        self.arguments = arguments
        self.subcommands = []
        self.action = action
    }

    /// A command that only has commands beneath it.
    package init(
        _ name: String, summary: String, discussion: String = "", examples: [Example] = [], subcommands: [Command]
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.options = []
        self.arguments = []
        self.subcommands = subcommands
        self.action = nil
    }

    func subcommand(named name: String) -> Command? { subcommands.first { $0.name == name } }
}
