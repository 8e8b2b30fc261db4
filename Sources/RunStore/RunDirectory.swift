internal import FoundationEssentials
internal import LabModel
package import LinuxKit

/// The folder that one run leaves: the seam between what needs a kernel and what is a pure function of files.
package struct RunDirectory: Hashable, Sendable {
    /// From the root, links resolved.
    package let path: String

    /// A run directory that is there.
    package init(existing path: String) throws(SystemCallError) {
        self.path = try Directory.resolve(path)
    }

    /// A new one for a run of `slug`: `REPORTS/SLUG/TIME`, never one that is there already.
    ///
    /// - Parameter time: names the folder, such as `2026-01-31T120000Z`; a number follows where it is taken.
    package static func make(under reports: String, slug: String, time: String) throws(SystemCallError) -> RunDirectory
    {
        let parent = "\(reports)/\(slug)"
        let name = try makeFolder(in: parent, named: time)
        for folder in RunFolder.subfolders { try Directory.make("\(parent)/\(name)/\(folder)") }
        try Directory.link("\(parent)/latest", to: name)
        return try RunDirectory(existing: "\(parent)/\(name)")
    }

    /// Makes a new folder in `parent`, which is made too, and returns its name: a number follows where it is taken.
    package static func makeFolder(in parent: String, named name: String) throws(SystemCallError) -> String {
        try Directory.make(parent)
        var free = name
        var attempt = 1
        while try !Directory.makeNew("\(parent)/\(free)") {
            attempt += 1
            free = "\(name)-\(attempt)"
        }
        return free
    }

    /// The path of one of `RunFolder`'s names.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    package func has(_ name: String) -> Bool { File.exists(file(name)) }

    /// Writes a value as JSON with sorted keys, replacing the file at once.
    package func write(_ value: some Encodable, to name: String) throws(RunStoreError) {
        do {
            try File.write(Array(JSONText.pretty(value)), to: file(name))
        } catch {
            throw RunStoreError(operation: "write", file: file(name), reason: "\(error)")
        }
    }

    /// Reads a value that `write` wrote.
    package func read<Value: Decodable>(_ type: Value.Type, from name: String) throws(RunStoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(File.read(file(name))))
        } catch {
            throw RunStoreError(operation: "read", file: file(name), reason: RunStoreError.words(for: error))
        }
    }

    /// Reads a file of one value a line; an incomplete last line, as a killed writer leaves it, is left out.
    package func readLines<Value: Decodable>(_ type: Value.Type, from name: String) throws(RunStoreError) -> [Value] {
        do {
            let decoder = JSONDecoder()
            let lines = try File.read(file(name)).split(separator: UInt8(ascii: "\n"))
            var values: [Value] = []
            values.reserveCapacity(lines.count)
            for (number, line) in lines.enumerated() {
                do {
                    values.append(try decoder.decode(type, from: Data(line)))
                } catch  where number == lines.count - 1 {
                    break
                }
            }
            return values
        } catch {
            throw RunStoreError(operation: "read", file: file(name), reason: RunStoreError.words(for: error))
        }
    }
}

/// A file of a run directory that cannot be written or understood.
package struct RunStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    package let operation: String
    package let file: String
    package let reason: String

    package var description: String { "cannot \(operation) \(file): \(reason)" }

    /// What JSON or the system says of a value that cannot be read or written.
    package static func words(for error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "there is no \"\(path(context.codingPath + [key]))\""
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "\"\(path(context.codingPath))\" is not what it should be"
        case DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty ? "it is no JSON" : "\"\(path(context.codingPath))\" is damaged"
        case EncodingError.invalidValue(let value, let context): "\"\(path(context.codingPath))\" is \(value)"
        case let error as SystemCallError: "\(error.errno)"
        default: "\(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
