import FoundationEssentials
import LabModel

enum JSONLine {
    static func decode(_ line: String) throws -> WorkerMessage {
        try JSONDecoder().decode(WorkerMessage.self, from: Data(line.utf8))
    }
}
