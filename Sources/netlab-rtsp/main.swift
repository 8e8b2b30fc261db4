internal import Glibc
internal import LinuxKit
internal import Media

// The RTSP server: the only program of netlab that links GStreamer's libraries, started by netlab and not by people.
Signals.ignoreBrokenPipes()
Clock.sharpenTimers()
AVLog.set(verbose: false)
do {
    try ServerCommand(CommandLine.arguments.dropFirst()).perform()
} catch {
    Warning.write("\(error)")
    exit(EXIT_FAILURE)
}
