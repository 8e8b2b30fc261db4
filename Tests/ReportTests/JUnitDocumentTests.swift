import LabModel
import Testing

@testable import Report

@Suite struct JUnitDocumentTests {
    struct Case: CustomTestStringConvertible {
        var verdict: Verdict
        var failures: Int
        var errors: Int
        var skipped: Int
        var testDescription: String { verdict.rawValue }
    }

    @Test(arguments: [
        Case(verdict: .pass, failures: 0, errors: 0, skipped: 0),
        Case(verdict: .fail, failures: 2, errors: 0, skipped: 0),
        Case(verdict: .invalid, failures: 0, errors: 1, skipped: 3),
        Case(verdict: .unsupported, failures: 0, errors: 0, skipped: 4),
    ])
    func `says what became of each check`(given: Case) throws {
        let elements = try XMLReader.read(JUnitDocument.text(of: [SampleResult.make(given.verdict)]))
        let suite = try #require(elements.first { $0.name == "testsuite" })
        #expect(suite.attributes["name"] == "10 Mbit/s DSL")
        #expect(suite.attributes["tests"] == "8")
        for (element, attribute, count) in [
            ("failure", "failures", given.failures), ("error", "errors", given.errors),
            ("skipped", "skipped", given.skipped),
        ] {
            #expect(suite.attributes[attribute] == String(count))
            let found = elements.filter { $0.name == element }
            #expect(found.count == count)
            #expect(found.allSatisfy { $0.attributes["message"]?.isEmpty == false })
        }
    }

    @Test func `a failure says what was measured`() throws {
        let elements = try XMLReader.read(JUnitDocument.text(of: [SampleResult.make(.fail)]))
        let messages = elements.filter { $0.name == "failure" }.compactMap { $0.attributes["message"] }
        #expect(messages == ["measured 8.42 %", "measured 1.93 s"])
        let names = elements.filter { $0.name == "testcase" }.compactMap { $0.attributes["name"] }
        #expect(names.contains("player.stall.total < 500ms"))
    }

    @Test func `an interrupted run is an error`() throws {
        var result = SampleResult.make(.invalid)
        result.run.outcome = .interrupted
        let elements = try XMLReader.read(JUnitDocument.text(of: [result]))
        #expect(elements.contains { $0.name == "error" && $0.attributes["message"] == "interrupted" })
    }

    @Test func `a matrix has a suite for each run`() throws {
        var results = [SampleResult.make(.pass), SampleResult.make(.fail)]
        for index in results.indices {
            results[index].plan.variant = [VariantSetting(setting: "seed", value: "\(index)")]
        }
        let suites = try XMLReader.read(JUnitDocument.text(of: results)).filter { $0.name == "testsuite" }
        #expect(suites.compactMap { $0.attributes["name"] } == ["10 Mbit/s DSL (seed: 0)", "10 Mbit/s DSL (seed: 1)"])
    }
}
