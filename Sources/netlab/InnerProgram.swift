import Engine
import Glibc
import LinuxKit

/// The inner side of `netlab kernel run`: any program as the child of PID 1.
enum InnerProgram {
    /// Where a shell says that there is no such program, and that it cannot be executed.
    private static let notFound: Int32 = 127
    private static let notExecutable: Int32 = 126

    static func run(_ context: Inside.Context) -> Int32 {
        guard let program = context.arguments.first else { return 64 }
        do {
            let child = try ChildProcess.start(LinuxKit.Command(program, Array(context.arguments.dropFirst())))
            context.stop.whenRequested { child.signal(SIGINT) }
            return child.wait().shellCode
        } catch {
            ErrorOutput.write("netlab: error: \(error)\n")
            if case .notFound = error { return notFound }
            return notExecutable
        }
    }
}
