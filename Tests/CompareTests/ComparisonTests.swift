import LabModel
import Testing

@testable import Compare

@Suite struct ComparisonTests {
    @Test func `the same run at another time is identical`() throws {
        var later = SmallResult.make(start: 1_800_000_000_123_456_789)
        later.netlabVersion = "2"
        later.run.harness.wallTime = .seconds(2)
        later.run.hostKernel = "6.2"
        later.run.warnings = ["a worker did not end by itself in time"]
        later.run.workers[0].cpu = .milliseconds(4)
        later.run.workers[0].lastWords = "bye"
        let comparison = try Comparison(of: [("one", SmallResult.make()), ("other", later)])
        #expect(comparison.differences == [])
        #expect(comparison.identical)
        #expect(comparison.text.contains("identical"))
        #expect(!comparison.rows.contains { !$0.same })
    }

    @Test func `what the lab's own clock measured is no volatile field`() throws {
        var later = SmallResult.make()
        later.run.harness.labTime = .seconds(2)
        let comparison = try Comparison(of: [("one", SmallResult.make()), ("other", later)])
        #expect(comparison.differences == ["run.harness.labTime"])
    }

    @Test func `a different figure is a difference`() throws {
        let results = [("base", SmallResult.make()), ("worse", SmallResult.make(stall: 0.75))]
        let comparison = try Comparison(of: results)
        #expect(!comparison.identical)
        #expect(comparison.differences == ["player.stalls[].length"])
        let row = try #require(comparison.rows.first { $0.metric == "player.stall.total" })
        #expect(row.values == [0.5, 0.75])
        #expect(row.differences == [0.25])
        #expect(!row.same)
        #expect(comparison.text.contains("+250.00 ms"))
        #expect(comparison.text.contains("different in: player.stalls[].length"))
    }

    @Test func `a metric that only one run has is unknown in the other`() throws {
        var without = SmallResult.make()
        without.player = nil
        let comparison = try Comparison(of: [("with", SmallResult.make()), ("without", without)])
        let row = try #require(comparison.rows.first { $0.metric == "player.startup" })
        #expect(row.values == [0.25, nil])
        #expect(row.differences == [nil])
        #expect(comparison.differences == ["player"])
        #expect(!comparison.rows.contains { $0.metric == "avsync.p95" })
    }

    @Test func `three runs stand side by side`() throws {
        let results = [("a", 0.5), ("b", 0.5), ("c", 0.1)].map { ($0.0, SmallResult.make(stall: $0.1)) }
        let comparison = try Comparison(of: results)
        let row = try #require(comparison.rows.first { $0.metric == "player.stall.total" })
        #expect(row.differences == [0, -0.4])
        let heading = try #require(comparison.text.split(separator: "\n").first)
        #expect(
            heading.split(separator: " ").map(String.init) == ["metric", "a", "b", "difference", "c", "difference"])
    }

    @Test func `a moment that moved within the run is a difference`() throws {
        var other = SmallResult.make()
        other.run.changes[0].tookEffect = other.run.changes[0].tookEffect + .milliseconds(1)
        let comparison = try Comparison(of: [("one", SmallResult.make()), ("other", other)])
        #expect(comparison.differences == ["run.changes[].tookEffect"])
    }
}
