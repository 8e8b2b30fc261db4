package import LabModel
internal import LinuxKit
internal import Netlink

/// What the kernel can do, tried and not guessed, in a namespace that is gone afterwards.
package enum Capability {
    /// What `plan` needs and the kernel has not; empty where the lab can be built. Requires CAP_SYS_ADMIN and
    /// CAP_NET_ADMIN.
    package static func missing(for plan: Plan) -> [MissingFeature] {
        let unchangeable = unchangeableSteps(of: plan).map { MissingFeature("timeline", reason: $0) }
        return inScratchNamespace { socket in
            var missing = Feature.links(plan.congestionControl).compactMap { $0.tried(socket) }
            // Without links there is nothing to hang a qdisc on.
            guard !missing.contains(where: { $0.name == Feature.veth.name }) else { return missing }
            missing += Feature.qdiscs(of: plan).compactMap { $0.tried(socket) }
            return missing
        } + unchangeable
    }

    /// Why netem cannot be added here; `nil` where it can. The `host` engine stands and falls with it. Requires what
    /// `missing(for:)` does.
    package static func whyNetemDoesNotWork() -> MissingFeature? {
        inScratchNamespace { socket in
            // Not lazily: a lazy sequence may try a feature twice, and the second time it exists already.
            for feature in [Feature.veth, Feature.netem] {
                if let missing = feature.tried(socket) { return [missing] }
            }
            return []
        }.first
    }

    private static func inScratchNamespace(_ body: (NetlinkSocket) -> [MissingFeature]) -> [MissingFeature] {
        do {
            return try NetworkNamespace.make().inside { body(try NetlinkSocket.open()) }
        } catch let error as SystemCallError where error.errno == .notPermitted {
            return [MissingFeature("namespaces", reason: "\(error)")]
        } catch {
            return [MissingFeature("network namespaces", option: "CONFIG_NET_NS", reason: "\(error)")]
        }
    }

    private static func unchangeableSteps(of plan: Plan) -> [String] {
        var current = plan.link
        var reasons: [String] = []
        for change in plan.timeline {
            for (direction, impairment) in change.impairments.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                let old = current[direction] ?? .clean
                if let reason = Lab.whyUnchangeable(from: old, to: impairment) { reasons.append(reason) }
                current[direction] = impairment
            }
        }
        return reasons
    }
}
