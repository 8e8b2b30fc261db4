import LabModel
import YAML

/// Reads a trace from its file, in whichever of the known forms it is.
struct TraceFile {
    /// A word or a cell of a line, and where it stands.
    struct Field {
        let text: String
        let mark: Mark
    }

    let name: String
    let reading: Reading
    let source: SourceText

    /// More than so many bytes are no trace: an hour of delivery opportunities at 200 Mbit/s has 500 MB.
    private static let limit = 1 << 26

    /// Reports a file that cannot be read.
    init?(named path: String, for item: Item) {
        let whole = FilePath.absolute(path, besides: item.node.mark.source.origin)
        do throws(FileProblem) {
            source = SourceText(try FileReader.read(whole, limit: Self.limit), origin: .file(path: whole))
        } catch {
            item.error(
                "cannot read trace '\(path)': \(error.reason)", hint: "paths are relative to the scenario: \(whole)")
            return nil
        }
        reading = item.reading
        name = FilePath.name(path)
    }

    /// The trace; reports what is wrong with it at its place in the file.
    func trace(for item: Item) -> LinkTrace? {
        let lines = lines
        guard let first = lines.first else {
            item.error("the trace '\(name)' is empty")
            return nil
        }
        if first.text.contains(",") || first.text.first?.isLetter == true {
            return TraceTable(file: self, header: first)?.trace(of: lines.dropFirst())
        }
        return DeliveryTrace(file: self).trace(of: lines)
    }

    /// Those that say something: no blank ones, no comment after `#`.
    private var lines: [Field] {
        var lines: [Field] = []
        for (number, line) in source.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let trimmed = Self.trimmed(line)
            guard let first = trimmed.first, first != "#" else { continue }
            let before = line[..<trimmed.startIndex].unicodeScalars.count
            lines.append(
                Field(text: String(trimmed), mark: Mark(source: source, line: number + 1, scalarsBefore: before)))
        }
        return lines
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

extension TraceFile.Field {
    /// Its cells, each where it stands.
    var cells: [TraceFile.Field] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { cell in
            let trimmed = TraceFile.trimmed(cell)
            let before = text[..<trimmed.startIndex].unicodeScalars.count
            return TraceFile.Field(text: String(trimmed), mark: mark.advanced(by: before))
        }
    }
}

extension ValueKind where Value == LinkTrace {
    static let trace = ValueKind(shape: .text) { item in
        item.text(.text).flatMap { TraceFile(named: $0, for: item)?.trace(for: item) }
    }
}

/// The keys of one direction of `link:`.
enum TracedKeys {
    static let trace = Key(
        "trace", .trace, "A file that says the rate over time: Mahimahi's, or CSV with time,rate[,delay,loss].")
    static let shape = MappingShape(
        ImpairmentKeys.shape.keys + [trace], notes: ImpairmentKeys.notes.filter { $0.key != trace.name })
}

extension ValueKind where Value == ImpairmentDraft {
    /// Of one direction of the link.
    static let tracedImpairment = ValueKind(shape: .mapping(TracedKeys.shape)) { item in
        Fields(item, TracedKeys.shape).map { fields in
            let trace = fields.located(TracedKeys.trace)
            var draft = ImpairmentDraft(fields)
            draft.trace = trace
            return draft
        }
    }
}
