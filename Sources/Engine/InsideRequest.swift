internal import LabModel

/// What the outer side asks of the inner one.
struct InsideRequest: Equatable, Sendable {
    var kind: EngineKind
    /// The inner command and what follows it.
    var arguments: [String]
    var environment: [String: String]
    var directory: String
    /// Where the inner side's standard error goes.
    var errors: String

    /// Fields that end with a NUL, which is in no argument and no path.
    var encoded: [UInt8] {
        let pairs = environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        let fields = [kind.rawValue, directory, errors, String(arguments.count)] + arguments + pairs
        return fields.flatMap { Array($0.utf8) + [0] }
    }

    /// nil where the bytes are not such a request.
    init?(decoding bytes: [UInt8]) {
        guard bytes.last == 0 else { return nil }
        let fields = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count >= 4, let kind = EngineKind(rawValue: fields[0]), let count = Int(fields[3]),
            count >= 0, fields.count >= 4 + count, (fields.count - 4 - count).isMultiple(of: 2)
        else { return nil }
        self.init(
            kind: kind, arguments: Array(fields[4..<(4 + count)]), environment: [:], directory: fields[1],
            errors: fields[2])
        for index in stride(from: 4 + count, to: fields.count, by: 2) { environment[fields[index]] = fields[index + 1] }
    }

    init(kind: EngineKind, arguments: [String], environment: [String: String], directory: String, errors: String) {
        self.kind = kind
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.errors = errors
    }
}
