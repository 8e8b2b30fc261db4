/// Something that a plan needs and the kernel has not.
package struct MissingFeature: Hashable, Sendable, CustomStringConvertible {
    /// What it is, such as `sch_netem`.
    package let name: String
    /// The kernel's build option, where it is one.
    package let option: String?
    /// What the kernel said.
    package let reason: String

    package init(_ name: String, option: String? = nil, reason: String) {
        self.name = name
        self.option = option
        self.reason = reason
    }

    /// `this kernel has no sch_netem (CONFIG_NET_SCH_NETEM)`.
    package var description: String {
        if let option { return "this kernel has no \(name) (\(option))" }
        return "\(name): \(reason)"
    }
}
