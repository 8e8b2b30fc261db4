import CommandLineKit

/// Every command of the program, in the order that help lists them.
enum CommandTable {
    static let program = Program(
        root: Command(
            "netlab",
            summary: "Stream media over a link that is impaired exactly as asked, and measure what a viewer gets.",
            discussion: """
                A scenario is one YAML file: a link, how it changes, what is streamed over it and what to expect. Each run \
                proves that the impairment asked for is the one that happened; a run where it is not is invalid, which is \
                neither passed nor failed.

                Exit status: 0 pass, 1 fail, 2 invalid, 3 unsupported, 64 wrong command line, 65 bad scenario, \
                70 a bug in netlab, 130 interrupted.
                """,
            examples: [
                .init("netlab run 10mbit", "Run a shipped scenario."),
                .init("netlab validate my.yaml", "Find every mistake in a scenario without running it."),
                .init("netlab help run", "Read about one command."),
            ],
            subcommands: commands),
        version: Version.current)

    /// One line a command.
    private static let commands: [Command] = [
        ListCommand.command,
        InitCommand.command,
        ValidateCommand.command,
        PlanCommand.command,
        RunCommand.command,
        SearchCommand.command,
        ExecCommand.command,
        AnalyzeCommand.command,
        ReportCommand.command,
        CompareCommand.command,
        ShapeCommand.command,
        DoctorCommand.command,
        KernelCommand.command,
        SchemaCommand.command,
        CompletionCommand.command,
    ]

    /// Carries out one command line and reports what went wrong, if anything did.
    static func run(_ words: [String]) -> ExitStatus {
        do {
            switch try program.parse(words) {
            case .help(let text): print(text.render(width: Terminal.output.width), terminator: "")
            case .version: print("netlab \(Version.current)")
            case .run(let arguments): return try run(arguments)
            }
            return .pass
        } catch {
            return ErrorReport(error).write()
        }
    }

    /// A usage error of the command itself gets the command's usage line, as one of the parser does.
    private static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        do {
            return try arguments.run()
        } catch let error as UsageError {
            throw program.failure(error, of: arguments)
        }
    }
}
