package import LabModel

/// The engine that a run takes, and why.
package struct EngineChoice: Sendable {
    package let kind: EngineKind
    /// A sentence's part for the report, such as `asked for`.
    package let reason: String

    /// Takes what was asked for; `automatic` takes `host` where netem can really be added there, else `embedded`.
    package static func make(
        _ request: EngineRequest, installation: Installation, kernel: Kernel?
    ) -> EngineChoice {
        switch request {
        case .host: return EngineChoice(kind: .host, reason: "asked for")
        case .embedded: return EngineChoice(kind: .embedded, reason: "asked for")
        case .virtual: return EngineChoice(kind: .virtual, reason: "asked for")
        case .automatic:
            guard let objection = EngineFinding.find(.host, installation: installation, kernel: kernel).objection else {
                return EngineChoice(kind: .host, reason: "netem works in the host's kernel")
            }
            return EngineChoice(kind: .embedded, reason: "the host's kernel will not do: \(objection)")
        }
    }
}
