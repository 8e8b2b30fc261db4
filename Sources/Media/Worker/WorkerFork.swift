internal import FoundationEssentials
internal import Glibc
internal import LabModel
internal import LinuxKit
internal import RunStore

/// Makes workers that are copies of this process, so that ffmpeg's libraries are loaded once for all ends of a stream:
/// in the embedded kernel that takes a processor 0.2 s, and a copy 6 ms.
package enum WorkerFork {
    /// Serves `WorkerStart` lines on standard input until its end, then returns nil. In each worker that it makes it
    /// returns too, with the worker's arguments.
    package static func serve() throws -> [String]? {
        // A copy leaves this function, and so loses what the original hears and answers with.
        var requests = LineReader(try .duplicate(STDIN_FILENO))
        let answers = try FileDescriptor.duplicate(STDOUT_FILENO)
        try answers.writeAll(Array(JSONText.line(WorkerStarted())))
        while let line = try requests.next() {
            let start = try JSONDecoder().decode(WorkerStart.self, from: Data(line.utf8))
            let home = try SiblingFork.Home.open(
                name: start.role, input: start.input, output: start.output, errors: start.errors,
                namespace: start.namespace)
            switch try SiblingFork.make() {
            case .copy:
                try home.settle()
                return start.arguments
            case .original(let copy):
                try answers.writeAll(Array(JSONText.line(WorkerStarted(pid: copy))))
            }
        }
        return nil
    }
}
