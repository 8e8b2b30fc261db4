import FoundationEssentials
import LabModel
import Testing

@testable import Report

@Suite struct ReportWriterTests {
    @Test(arguments: [Verdict.pass, .fail, .invalid, .unsupported])
    func `writes every file of a run`(verdict: Verdict) throws {
        let keep = ProcessInfo.processInfo.environment["NETLAB_SAMPLE"]
        let folder = (keep ?? "/tmp/netlab-report-\(UUID().uuidString)") + "/\(verdict.rawValue)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
        let writer = try ReportWriter(resources: TestPlace.resources)
        try writer.write(SampleResult.make(verdict), into: folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files == ["junit.xml", "report.html", "result.json", "summary.md"])
        let data = try Data(contentsOf: URL(filePath: "\(folder)/result.json"))
        let verdictRead = try ResultFile.read(data).verdict
        #expect(verdictRead == verdict)
    }
}

/// Where the repository's files are.
enum TestPlace {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    static let resources = root + "/Resources"
}
