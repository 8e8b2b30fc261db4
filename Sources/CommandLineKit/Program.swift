/// A program: its table of commands and its version.
package struct Program: Sendable {
    package let root: Command
    package let version: String

    package init(root: Command, version: String) {
        self.root = root
        self.version = version
    }

    /// Reads the words after the program's name.
    package func parse(_ words: [String]) throws(UsageFailure) -> Invocation {
        var parser = CommandParser(root: root)
        do {
            return try parser.parse(words)
        } catch {
            throw UsageFailure(error: error, path: parser.path)
        }
    }

    /// Wraps a usage error that a command found itself.
    package func failure(_ error: UsageError, of arguments: ParsedArguments) -> UsageFailure {
        var path = [root]
        for name in arguments.path.dropFirst() {
            guard let next = path.last?.subcommand(named: name) else { break }
            path.append(next)
        }
        return UsageFailure(error: error, path: path)
    }
}

/// What a command line asks for.
package enum Invocation: Sendable {
    case run(ParsedArguments)
    /// Help that was asked for.
    case help(HelpText)
    case version
}

extension ParsedArguments {
    /// Does what the command does.
    package func run() throws -> ExitStatus {
        guard let action = command.action else { preconditionFailure("\(command.name) has nothing to run") }
        return try action(self)
    }
}
