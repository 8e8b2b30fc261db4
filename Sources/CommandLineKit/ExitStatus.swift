/// What a command ends with, for the shell.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done, and every expectation held.
    case pass = 0
    /// Done, and an expectation did not hold.
    case fail = 1
    /// A run that is not what was asked, or that could not be carried out: neither passed nor failed.
    case invalid = 2
    /// The engine's kernel lacks what the scenario needs.
    case unsupported = 3
    /// The command line is wrong (`EX_USAGE` of sysexits.h).
    case usage = 64
    /// The scenario, or another file given, is wrong (`EX_DATAERR`).
    case badInput = 65
    /// A bug in the program (`EX_SOFTWARE`).
    case bug = 70
    /// Ended by Ctrl-C, as shells report SIGINT.
    case interrupted = 130
}
