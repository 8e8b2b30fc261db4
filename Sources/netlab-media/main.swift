internal import Glibc
internal import LinuxKit
internal import Media

// The media worker: the only program of netlab that links ffmpeg's libraries, started by netlab and not by people.
Signals.ignoreBrokenPipes()
Clock.sharpenTimers()
AVLog.set(verbose: Environment.value("NETLAB_MEDIA_VERBOSE") != nil)
do {
    try MediaCommand.run(Array(CommandLine.arguments.dropFirst()))
} catch let error as UsageError {
    Warning.write(error.text)
    exit(EX_USAGE)
} catch {
    Warning.write("\(error)")
    exit(EXIT_FAILURE)
}
