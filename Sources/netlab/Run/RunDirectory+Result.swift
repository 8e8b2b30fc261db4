import FoundationEssentials
import LabModel
import LinuxKit
import Report
import RunStore

extension RunDirectory {
    /// The result that the run left.
    func result() throws -> RunResult {
        try ResultFile.read(Data(File.read(file(RunFolder.result))))
    }
}
