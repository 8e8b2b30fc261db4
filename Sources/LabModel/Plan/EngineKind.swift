/// Which kernel the lab runs in.
package enum EngineKind: String, Codable, Sendable, CaseIterable {
    /// The host's kernel, in new user, network, mount and PID namespaces.
    case host
    /// A user-mode kernel of netlab's own, in real time.
    case embedded
    /// The same kernel with its clock jumping from event to event.
    case virtual
}

/// What a scenario or a command line asks for; `automatic` lets netlab choose.
package enum EngineRequest: String, Codable, Sendable, CaseIterable {
    case automatic = "auto"
    case host
    case embedded
    case virtual
}
