import Engine

/// What can run inside an engine, by the name that the outer side asks for.
enum InnerCommands {
    static let table: [String: Inside.Command] = [
        LabCommand.name: LabCommand.run,
        InnerProgram.name: InnerProgram.run,
        InnerVisit.name: InnerVisit.run,
        EngineFinding.probeCommand: InnerProbe.run,
    ]
}
