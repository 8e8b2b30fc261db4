import FoundationEssentials
import LabModel
import Testing

@testable import Report

@Suite struct SearchPageTests {
    private static let outcomes: [SearchFinding.Outcome] = [
        .found, .holdsAtBothEnds, .holdsAtNeitherEnd, .invalid, .unsupported, .interrupted,
    ]

    private func page(_ result: SearchResult) throws -> String {
        try ReportWriter(resources: TestPlace.resources).html(of: result)
    }

    @Test func `needs nothing from outside, and no script`() throws {
        let page = try page(SampleSearch.make())
        for reach in ["http:", "https:", "src=", "@import", "url(", "<link", "fetch(", "addEventListener"] {
            #expect(!page.contains(reach), "\(reach)")
        }
    }

    @Test func `each run that measured something is a dot that leads to its report`() throws {
        let result = SampleSearch.make()
        let page = try page(result)
        #expect(page.count(of: "<circle") == result.trials.count { $0.measured != nil })
        for trial in result.trials {
            guard let folder = trial.folder else { continue }
            // In the curve and in the table.
            #expect(page.count(of: "href=\"\(folder)/report.html\"") == 2)
        }
        #expect(page.contains("class=\"interval\" x=\"23.44%\" y=\"0\" width=\"7.81%\""))
        #expect(page.contains("class=\"threshold\" x1=\"24.22%\""))
    }

    @Test(arguments: [
        "holds up to link.downlink.loss = 4.84375% (95 % interval 4.6875% to 6.25%)", "3 of 3", "likelihood ratio",
        "Not monotone: most runs at 3.75%", "1 invalid or unsupported", "chi-square",
        "netlab run lossy --set duration=10s --set link.downlink.loss=VALUE --set seed=SEED --engine virtual",
    ])
    func `says`(text: String) throws {
        #expect(try page(SampleSearch.make()).contains(text))
    }

    @Test(arguments: outcomes)
    func `keeps to its published schema`(outcome: SearchFinding.Outcome) throws {
        let schema = try JSONSchema(path: TestPlace.resources + "/search.schema.json")
        #expect(schema.violations(of: try JSONValue(SearchFile.data(of: SampleSearch.make(outcome)))) == [])
        let text = String(decoding: try SearchFile.data(of: SampleSearch.make(outcome)), as: UTF8.self)
        let broken = text.replacing("\"repeats\"", with: "\"repeat\"")
        #expect(schema.violations(of: try JSONValue(broken.utf8)).count == 2)
    }

    @Test(arguments: outcomes)
    func `every outcome has a page and words on the terminal`(outcome: SearchFinding.Outcome) throws {
        let result = SampleSearch.make(outcome)
        let words = SearchWords(result)
        #expect(try page(result).contains(Markup.escaped(words.headline)))
        let text = SearchSummary(colour: false).text(of: result, report: "/x/search.html")
        #expect(text.contains("\(words.headline)  \(words.sentence)\n"))
        #expect(text.hasSuffix("report  /x/search.html\n"))
    }

    @Test(arguments: HostileNamesTests.names)
    func `no name breaks out of its place`(name: String) throws {
        var hostile = SampleSearch.make(.invalid, name: name)
        hostile.trials[0].folder = name
        hostile.question.until.text = name
        let (page, plain) = (try page(hostile), try page(SampleSearch.make(.invalid, name: "plain")))
        for tag in ["<script", "</script", "<img", "<!--", "<section", "<tr", "<li", "<circle", "<a "] {
            #expect(page.count(of: tag) == plain.count(of: tag), "\(tag)")
        }
    }

    @Test func `a search that measured nothing has no curve`() throws {
        var result = SampleSearch.make(.unsupported)
        for index in result.trials.indices { result.trials[index].measured = nil }
        #expect(try !page(result).contains("<svg"))
    }

    @Test(arguments: [
        (0.0, 20.0, 4, [0, 5, 10, 15, 20]), (0.0, 1.06, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]), (2.0, 3.0, 1, [2, 3]),
        (-1.0, 1.0, 2, [-1, 0, 1]),
    ])
    func `ticks stand at round places`(low: Double, high: Double, count: Int, places: [Double]) {
        let ticks = AxisTicks.between(low, high, about: count)
        #expect(ticks.count == places.count && zip(ticks, places).allSatisfy { abs($0 - $1) < 1e-9 }, "\(ticks)")
    }

    @Test func `writes both files`() throws {
        let keep = ProcessInfo.processInfo.environment["NETLAB_SAMPLE"]
        let folder = (keep ?? "/tmp/netlab-search-\(UUID().uuidString)") + "/search"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { if keep == nil { try? FileManager.default.removeItem(atPath: folder) } }
        try ReportWriter(resources: TestPlace.resources).write(SampleSearch.make(), into: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["search.html", "search.json"])
    }
}
