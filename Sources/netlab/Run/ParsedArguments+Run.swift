import CommandLineKit
import LabModel

extension ParsedArguments {
    /// The engine that `--engine` asks for.
    func engineRequest() throws(UsageError) -> EngineRequest? {
        guard let name = value("engine") else { return nil }
        guard let request = EngineRequest(rawValue: name) else {
            throw .invalidValue(
                slot: "--engine", value: name,
                expected: "one of " + EngineRequest.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return request
    }

    /// What `--jobs` asks for.
    func jobRequest() throws(UsageError) -> JobLimit.Request {
        if value("jobs") == "auto" { return .automatic }
        guard let number = value("jobs").flatMap({ Int($0) }), (1...1024).contains(number) else {
            throw .invalidValue(
                slot: "--jobs <n>", value: value("jobs") ?? "", expected: "a whole number from 1 to 1024, or auto")
        }
        return .exactly(number)
    }
}
