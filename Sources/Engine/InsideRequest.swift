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
    /// The folder that the inner side may write to.
    var writable: String
    /// What the random numbers of virtual time follow from.
    var seed: UInt64 = 0

    /// How many fields come before the arguments.
    private static let head = 6

    /// Fields that end with a NUL, which is in no argument and no path.
    var encoded: [UInt8] {
        let pairs = environment.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        let fields =
            [kind.rawValue, directory, errors, writable, String(seed), String(arguments.count)] + arguments + pairs
        return fields.flatMap { Array($0.utf8) + [0] }
    }

    /// nil where the bytes are not such a request.
    init?(decoding bytes: [UInt8]) {
        guard bytes.last == 0 else { return nil }
        let fields = bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count >= Self.head, let kind = EngineKind(rawValue: fields[0]), let seed = UInt64(fields[4]),
            let count = Int(fields[5]), (0...(fields.count - Self.head)).contains(count)
        else { return nil }
        let pairs = fields[(Self.head + count)...]
        guard pairs.count.isMultiple(of: 2) else { return nil }
        self.init(
            kind: kind, arguments: Array(fields[Self.head..<pairs.startIndex]), environment: [:], directory: fields[1],
            errors: fields[2], writable: fields[3], seed: seed)
        for index in stride(from: pairs.startIndex, to: pairs.endIndex, by: 2) {
            environment[pairs[index]] = pairs[index + 1]
        }
    }

    init(
        kind: EngineKind, arguments: [String], environment: [String: String], directory: String, errors: String,
        writable: String, seed: UInt64
    ) {
        self.kind = kind
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.errors = errors
        self.writable = writable
        self.seed = seed
    }
}
