import Engine

/// What can run inside an engine, by the name that the outer side asks for.
enum InnerCommands {
    static let table: [String: Inside.Command] = [
        LabCommand.name: LabCommand.run,
        "command": InnerProgram.run,
        EngineFinding.probeCommand: InnerProbe.run,
    ]
}
