import LabModel
import LinuxKit

@testable import Lab

extension Plan {
    /// A plan of which only the link matters.
    init(
        downlink: Impairment, uplink: Impairment = .clean, seed: UInt64 = 7, ip: IPVersion = .v4,
        mtu: ByteCount = .ethernetMTU, timeline: [TimelineChange] = []
    ) {
        self.init(
            slug: "test", name: "test", seed: seed, ip: ip, mtu: mtu,
            link: [.downlink: downlink, .uplink: uplink], timeline: timeline)
    }
}

/// Builds a lab in a namespace of its own, and gives it up afterwards. `body` runs on the test's own thread: only there
/// does a failed expectation belong to its test.
func withLab<R>(_ plan: Plan, _ body: (Lab) throws -> R) throws -> R {
    try body(try NetworkNamespace.make().inside { try Lab.build(plan: plan) })
}
