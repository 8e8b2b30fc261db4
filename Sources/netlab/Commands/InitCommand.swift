import CommandLineKit
import Glibc
import Scenario

/// `netlab init`: a commented scenario to begin with.
enum InitCommand {
    static let command = Command(
        "init",
        summary: "Write a commented scenario to begin with.",
        examples: [
            .init("netlab init", "Write scenario.yaml here."),
            .init("netlab init streams/cafe.yaml", "Write it elsewhere."),
            .init("netlab init -", "Print it."),
        ],
        arguments: [
            Argument(
                "file", .optional, completion: .files,
                "Where to write it, never over a file that is there; scenario.yaml when left out, - prints it.")
        ]
    ) { arguments in
        let path = arguments.argument("file") ?? "scenario.yaml"
        if path == "-" {
            print(StarterScenario.text, terminator: "")
            return .pass
        }
        try write(StarterScenario.text, to: path)
        print("wrote \(path); check it with 'netlab validate \(path)', run it with 'netlab run \(path)'")
        return .pass
    }

    private static func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno)).lowercased()
            let hint = errno == EEXIST ? "nothing is overwritten: give another name, or remove it first" : nil
            throw Failure("cannot write '\(path)': \(reason)", hint: hint, status: .invalid)
        }
        defer { close(descriptor) }
        guard ErrorOutput.write(text, to: descriptor) else {
            let reason = String(cString: strerror(errno)).lowercased()
            unlink(path)
            throw Failure("cannot write '\(path)': \(reason)", status: .invalid)
        }
    }
}
