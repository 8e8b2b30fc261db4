import Capture
import LinuxKit

/// Folders that the checked-in scripts fill, each made once a process.
enum Fixture {
    static let captures = made(by: "make-captures.py", [])

    static func capture(_ name: String) throws -> CaptureReader {
        try CaptureReader(path: captures.get() + "/\(name).pcap")
    }

    static let folder: String = {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return "/\(tests)/Fixtures"
    }()

    static func made(by script: String, _ arguments: [String]) -> Result<String, any Error> {
        Result {
            let target = try Directory.makeUnique("/tmp/netlab-fixtures-")
            try run("python3", ["\(folder)/\(script)", target] + arguments)
            return target
        }
    }

    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let result = try ChildProcess.run(Command(program, arguments), timeout: 120_000_000_000)
        guard result.status == .exited(0) else { throw Failure(text: "\(program): \(result.errorText)") }
        return result.outputText
    }

    struct Failure: Error {
        var text: String
    }
}
