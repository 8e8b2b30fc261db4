/// What most often lies behind libyaml's complaints.
enum SyntaxHint {
    static func hint(for problem: String, at mark: Mark) -> String? {
        if problem.contains("cannot start any token") {
            let line = mark.source.line(mark.line)
            let scalar = line.unicodeScalars.dropFirst(mark.scalarsBefore).first
            return scalar == "\t"
                ? "indent with spaces: YAML allows no tabs"
                : "put text that begins with this character in quotes"
        }
        if problem.contains("mapping values are not allowed") {
            return "is the line indented as its neighbours are? text that holds ': ' needs quotes"
        }
        if problem.contains("could not find expected ':'") { return "a key is followed by ': '" }
        if problem.contains("did not find expected key") || problem.contains("did not find expected '-'") {
            return "is the line indented as its neighbours are?"
        }
        return nil
    }
}
