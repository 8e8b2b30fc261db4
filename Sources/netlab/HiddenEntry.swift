import Engine

/// A way into the program that no help shows and no option parser sees.
struct HiddenEntry: Sendable {
    /// The first word of the command line.
    let name: String
    /// Takes the words after it and gives the process's exit status.
    let run: @Sendable ([String]) -> Int32

    static let table: [HiddenEntry] = [
        HiddenEntry(name: "inside") { Inside.run($0, commands: InnerCommands.table) },
        HiddenEntry(name: ShapeGuard.entry, run: ShapeGuard.run),
    ]
}
