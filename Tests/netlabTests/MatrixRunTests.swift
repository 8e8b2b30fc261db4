import FoundationEssentials
import LabModel
import LinuxKit
import RunStore
import Testing

/// Several contenders under several conditions, in virtual time.
@Suite struct MatrixRunTests {
    private static let text = """
        link:
          downlink: {rate: 3mbit, delay: 20ms}
          uplink: {rate: 3mbit, delay: 20ms}
        matrix:
          condition: {clean: {}, lossy: {link: {downlink: {loss: 5%}}}}
          pipeline.protocol: [rtp, udp-ts]
          pipeline.ts.rate: [900kbit]
        pipeline: {media: {video: {size: 320x180, fps: 25, rate: 300kbit, gop: 1s}, audio: none}}
        """

    private struct Finished {
        let place: Workplace
        let run: ChildProcess.Result
    }

    private static let finished = Result {
        let place = try Workplace()
        let scenario = try place.scenario(text)
        let run = try InstalledProgram.shared.run(
            ["run", scenario, "--engine", "virtual", "-q", "--summary", "summary.md"], in: place.path)
        return Finished(place: place, run: run)
    }

    private func batch(_ text: String) throws -> BatchResult {
        try JSONDecoder().decode(BatchResult.self, from: Data(text.utf8))
    }

    @Test func `A matrix leaves a page beside the pages of its runs`() throws {
        let finished = try Self.finished.get()
        let (place, run) = (finished.place, finished.run)
        #expect(run.status == .success, "\(run.errorText)")
        let folder = "\(place.path)/Reports/test/latest-matrix"
        let batch = try batch(try File.readText("\(folder)/result.json"))
        #expect(batch.contenders == ["rtp", "udp-ts"])
        #expect(batch.conditions.map(\.name) == ["clean", "lossy"])
        #expect(batch.cells.count == 4 && batch.cells.allSatisfy { $0.verdict == .pass })
        let page = try File.readText("\(folder)/report.html")
        for cell in batch.cells {
            let report = try #require(cell.runs.first?.report)
            #expect(File.exists("\(folder)/\(report)") && page.contains("href=\"\(report)\""))
        }
        let lost = try #require(batch.index(of: "player.dropped"))
        #expect(batch.cells.map { $0.values[lost].median == 0 } == [true, true, false, false])
        #expect(run.outputText.contains("\nlossy\n"))
        #expect(run.outputText.contains("report  Reports/test/matrix-"))
        #expect(try File.readText("\(place.path)/summary.md").hasPrefix("## \(batch.name)\n"))
    }

    @Test func `Its runs compared by name are the same page`() throws {
        let place = try Self.finished.get().place
        let compared = try InstalledProgram.shared.run(
            ["compare", "Reports/test/latest-matrix", "--html", "pages/compared.html"], in: place.path)
        #expect(compared.status == .success, "\(compared.errorText)")
        #expect(compared.outputText.contains("\nlossy\n"))
        #expect(compared.outputText.split(separator: "\n").last?.hasPrefix("different in: ") == true)
        let page = try File.readText("\(place.path)/pages/compared.html")
        #expect(page.contains("href=\"../Reports/test/") && page.contains("<svg"))
    }

    @Test func `Runs made apart are compared, and what differs is named`() throws {
        let place = try Self.finished.get().place
        let made = try batch(try File.readText("\(place.path)/Reports/test/latest-matrix/result.json"))
        let runs = made.cells.map {
            "Reports/test/latest-matrix/../" + ($0.runs[0].report ?? "").dropFirst(3).split(separator: "/")[0]
        }
        let compared = try InstalledProgram.shared.run(
            ["compare", runs[0], runs[3] + "/result.json", "--json"], in: place.path)
        #expect(compared.status == .success, "\(compared.errorText)")
        struct Document: Decodable {
            var identical: Bool
            var labels: [String]
            var batch: BatchResult
        }
        let document = try JSONDecoder().decode(Document.self, from: Data(compared.outputText.utf8))
        #expect(!document.identical && document.labels == [runs[0], runs[3]])
        #expect(document.batch.contenders == ["rtp", "udp-ts"])
        #expect(document.batch.warnings == ["the links are not the same: link.downlink.loss is 0% or 5%"])
        let one = try InstalledProgram.shared.run(["compare", runs[0]], in: place.path)
        #expect(one.status == .exited(64))
        #expect(one.errorText.contains("a comparison takes two runs at least"))
    }

    @Test func `A part of the shipped comparison`() throws {
        let place = try Workplace()
        let run = try InstalledProgram.shared.run(
            [
                "run", "protocols", "-q", "--set", "duration=10s", "--set", "condition=[clean, 2 s outage]", "--set",
                "pipeline.protocol=rtp",
            ], in: place.path)
        #expect(run.status == .success, "\(run.outputText)\(run.errorText)")
        let batch = try batch(try File.readText("\(place.path)/Reports/protocols/latest-matrix/result.json"))
        #expect(batch.cells.count == 2 && batch.conditions.last?.outages.count == 1)
        #expect(batch.findings.first?.sentence.hasPrefix("rtp froze ") == true)
    }
}
