import LabModel
import Spelling
import YAML

/// A table of delays in the form of iproute2's `.dist` files: whole numbers between blanks, lines of comment after `#`.
struct DistributionFile {
    private let source: SourceText
    private let reading: Reading
    private let name: String

    /// More than so many bytes hold no table.
    private static let limit = 1 << 18

    /// Reports a file that cannot be read.
    init?(named path: String, for item: Item) {
        let whole = FilePath.absolute(path, besides: item.node.mark.source.origin)
        do throws(FileProblem) {
            source = SourceText(try FileReader.read(whole, limit: Self.limit), origin: .file(path: whole))
        } catch {
            item.error(
                "cannot read distribution '\(path)': \(error.reason)",
                hint: "paths are relative to the scenario: \(whole)")
            return nil
        }
        reading = item.reading
        name = FilePath.name(path)
    }

    /// The table; reports every number that is none, at its place in the file.
    func table(for item: Item) -> DistributionTable? {
        let words = words
        let values = words.compactMap { word in
            let value = Int16(word.text)
            if value == nil {
                reading.error(
                    Int(word.text) == nil
                        ? "'\(word.text)' is no whole number" : "\(word.text) is outside -32768 to 32767", at: word.mark
                )
            }
            return value
        }
        guard values.count == words.count else { return nil }
        guard DistributionTable.sizes.contains(values.count) else {
            let sizes = DistributionTable.sizes
            item.error(
                "'\(name)' has \(values.count) values; a table has \(sizes.lowerBound) to \(sizes.upperBound)")
            return nil
        }
        return DistributionTable(name: name, values: values)
    }

    private var words: [(text: String, mark: Mark)] {
        let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { number, line -> [(String, Mark)] in
            guard line.first != "#" else { return [] }
            let isBlank = { (letter: Character) in letter.isWhitespace }
            return line.split(whereSeparator: isBlank).map { word in
                let before = line[..<word.startIndex].unicodeScalars.count
                return (String(word), Mark(source: source, line: number + 1, scalarsBefore: before))
            }
        }
    }
}

extension ValueKind where Value == DelayDistribution {
    static let distribution = ValueKind(
        shape: .either([.words(named.map(\.name)), .form(name: "a table file such as lte.dist", pattern: "\\.dist$")])
    ) { item in
        guard let text = item.text(.words(named.map(\.name))) else { return nil }
        if let known = named.first(where: { $0.name == text }) { return known }
        if text.hasSuffix(".dist") {
            return DistributionFile(named: text, for: item)?.table(for: item).map { .table($0) }
        }
        let nearest = Spelling.nearest(to: text, in: named.map(\.name)).map { "did you mean '\($0)'?" }
        item.error(
            "\(item.name) cannot be '\(text)'",
            hint: nearest ?? "write \(Shape.words(named.map(\.name)).description), or the path of a .dist file")
        return nil
    }

    private static var named: [DelayDistribution] { [.uniform, .normal, .pareto, .paretonormal] }
}
