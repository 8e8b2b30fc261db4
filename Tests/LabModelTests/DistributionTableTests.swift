import FoundationEssentials
import LabModel
import Testing

/// The tables that netem draws delays from.
@Suite struct DistributionTableTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let table: DistributionTable
        /// Of the whole, in jitters.
        let mean: Double
        let deviation: Double
        var testDescription: String { table.name }
    }

    static let cases = [
        Case(table: .uniform, mean: 0, deviation: 1 / 3.0.squareRoot()), Case(table: .normal, mean: 0, deviation: 1),
        // Cut at four jitters: Pareto's tail would have a mean of 0 and a deviation of 1.15.
        Case(table: .pareto, mean: -0.033, deviation: 0.82), Case(table: .paretonormal, mean: -0.025, deviation: 0.834),
    ]

    @Test(arguments: cases) func hasTheMomentsOfItsDistribution(_ example: Case) {
        let values = example.table.values.map { Double($0) / Double(DistributionTable.scale) }
        let mean = values.reduce(0, +) / Double(values.count)
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        #expect(abs(mean - example.mean) < 0.002)
        #expect(abs(deviation - example.deviation) < 0.002)
        #expect(values == values.sorted())
    }

    /// iproute2's own tables, where they are installed; its normal one is summed up in steps, which shows far out.
    @Test(arguments: [DistributionTable.normal, .pareto, .paretonormal]) func isTheTableOfTc(_ table: DistributionTable)
    {
        let folders = ["/usr/lib/tc", "/usr/lib/x86_64-linux-gnu/tc", "/usr/lib/aarch64-linux-gnu/tc"]
        let texts = folders.compactMap { try? String(contentsOfFile: "\($0)/\(table.name).dist", encoding: .utf8) }
        for text in texts {
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            let theirs = lines.flatMap { $0.split(separator: " ") }.compactMap { Int($0) }
            #expect(theirs.count == table.values.count)
            let distances = zip(theirs, table.values).map { abs($0 - Int($1)) }
            #expect(distances.dropFirst(2).dropLast(2).allSatisfy { $0 <= 160 })
            #expect(distances.reduce(0, +) < 4 * distances.count)
        }
    }
}
