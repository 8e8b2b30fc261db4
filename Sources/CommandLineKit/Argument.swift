/// A value of a command that is known by its place.
package struct Argument: Sendable {
    package enum Kind: Sendable, Hashable {
        case required
        case optional
        /// All that are left, at least `minimum`; only as the last one.
        case repeated(minimum: Int)
        /// Everything after `--`, untouched; only as the last one.
        case passThrough
    }

    package let name: String
    package let kind: Kind
    package let summary: String
    package let completion: Completion

    /// An argument named `name` in help and by `ParsedArguments`.
    package init(_ name: String, _ kind: Kind = .required, completion: Completion = .none, _ summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.completion = completion
    }

    /// As usage shows it.
    var usage: String {
        switch kind {
        case .required: "<\(name)>"
        case .optional: "[<\(name)>]"
        case .repeated(let minimum): minimum > 0 ? "<\(name)>..." : "[<\(name)>...]"
        case .passThrough: "[-- <\(name)>...]"
        }
    }
}
