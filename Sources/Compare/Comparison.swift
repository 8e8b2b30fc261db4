package import LabModel

/// Two or more results side by side, metric by metric.
package struct Comparison: Sendable {
    /// One metric in every result.
    package struct Row: Hashable, Sendable, Encodable {
        private enum CodingKeys: CodingKey {
            case metric
            case quantity
            case values
        }

        package var metric: String
        package var quantity: Quantity
        /// One for each result, in base units; `nil` where it was not measured.
        package var values: [Double?]
        /// Of each result after the first, its value less the first's.
        package var differences: [Double?]
        /// Whether all values are the same, unknown ones included.
        package var same: Bool
    }

    /// What tells the results apart in a table, one for each.
    package let labels: [String]
    /// Every metric that at least one result has, in the catalogue's order.
    package let rows: [Row]
    /// Where the results after the first differ from it: paths of `result.json`, volatile fields left out.
    package let differences: [String]

    /// No figure, series or setting differs; only `RunResult.volatileFields` may.
    package var identical: Bool { differences.isEmpty }

    /// Compares `results`, each with its label; the first is what the others are held against.
    ///
    /// - Throws: what JSON says of a figure that is no number.
    package init(of results: [(label: String, result: RunResult)]) throws {
        labels = results.map(\.label)
        rows = Metric.catalogue.compactMap { Self.row(of: $0, in: results.map(\.result)) }
        let trees = try results.map { try JSONTree(of: $0.result.steady) }
        differences = trees.dropFirst().reduce(into: []) { paths, tree in
            for path in trees[0].differences(from: tree) where !paths.contains(path) { paths.append(path) }
        }
    }

    private static func row(of metric: Metric, in results: [RunResult]) -> Row? {
        let values = results.map { metric.read($0) }
        guard values.contains(where: { $0 != nil }) else { return nil }
        let differences = values.dropFirst().map { value in
            if let value, let first = values[0] { value - first } else { Double?.none }
        }
        return Row(
            metric: metric.name, quantity: metric.quantity, values: values, differences: differences,
            same: values.allSatisfy { $0 == values[0] })
    }
}
