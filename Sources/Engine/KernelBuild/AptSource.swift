/// One source of packages in apt's configuration (sources.list(5)).
struct AptSource: Equatable, Sendable {
    var addresses: [String]
    var suites: [String]
    var components: [String]
    /// The options that say whom to believe, by their names in the deb822 format: `Signed-By`, `Trusted`.
    var trust: [String: String] = [:]

    /// The sources of a file in either of apt's two formats, told apart by its name as apt does.
    static func parse(_ text: String, fileName: String) -> [AptSource] {
        fileName.hasSuffix(".sources") ? parseStanzas(text) : text.split(separator: "\n").compactMap(parseLine)
    }

    /// As a stanza of the deb822 format.
    var stanza: String {
        let fields =
            [
                "Types: deb", "URIs: \(addresses.joined(separator: " "))", "Suites: \(suites.joined(separator: " "))",
                "Components: \(components.joined(separator: " "))",
            ] + trust.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        return fields.joined(separator: "\n") + "\n"
    }

    /// `deb [signed-by=FILE] ADDRESS SUITE COMPONENT...`
    private static func parseLine(_ line: Substring) -> AptSource? {
        let line = line.prefix { $0 != "#" }
        let (options, rest) = cutOptions(line)
        let words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count >= 4, words[0] == "deb" else { return nil }
        var source = AptSource(addresses: [words[1]], suites: [words[2]], components: Array(words[3...]))
        for option in options.split(whereSeparator: \.isWhitespace) {
            let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, let name = trustName(pair[0]) else { continue }
            source.trust[name] = String(pair[1].map { $0 == "," ? " " : $0 })
        }
        return source
    }

    private static func cutOptions(_ line: Substring) -> (options: Substring, rest: String) {
        guard let open = line.firstIndex(of: "["), let close = line[open...].firstIndex(of: "]") else {
            return ("", String(line))
        }
        return (line[line.index(after: open)..<close], line[..<open] + " " + line[line.index(after: close)...])
    }

    private static func parseStanzas(_ text: String) -> [AptSource] {
        var sources: [AptSource] = []
        var fields: [String: String] = [:]
        var last: String?
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines + [Substring()] {
            if line.allSatisfy(\.isWhitespace) {
                if let source = AptSource(fields: fields) { sources.append(source) }
                (fields, last) = ([:], nil)
            } else if line.hasPrefix("#") {
                continue
            } else if let first = line.first, first.isWhitespace, let name = last {
                // A key given in place goes on over several lines.
                fields[name, default: ""] += "\n" + line
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                fields[name] = String(line[line.index(after: colon)...].drop(while: \.isWhitespace))
                last = name
            }
        }
        return sources
    }

    private init?(fields: [String: String]) {
        func words(_ name: String) -> [String] {
            (fields[name] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
        }
        guard words("types").contains("deb"), fields["enabled"]?.lowercased() != "no", !words("uris").isEmpty else {
            return nil
        }
        self.init(addresses: words("uris"), suites: words("suites"), components: words("components"))
        for (name, value) in fields {
            if let name = Self.trustName(name) { trust[name] = value }
        }
    }

    init(addresses: [String], suites: [String], components: [String], trust: [String: String] = [:]) {
        self.addresses = addresses
        self.suites = suites
        self.components = components
        self.trust = trust
    }

    private static func trustName(_ name: String) -> String? {
        switch name.lowercased() {
        case "signed-by": "Signed-By"
        case "trusted": "Trusted"
        default: nil
        }
    }
}
