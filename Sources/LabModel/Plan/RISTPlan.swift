/// How RIST is told to repair.
package struct RISTPlan: Codable, Hashable, Sendable {
    package enum Profile: String, Codable, Sendable, CaseIterable {
        /// RTP and RTCP on two ports (VSF TR-06-1).
        case simple
        /// The same in GRE, on one port (VSF TR-06-2).
        case main
    }

    package var profile: Profile
    /// How long a packet is held back, and may be asked for again. Whole milliseconds.
    package var buffer: TimeSpan

    package init(profile: Profile = .main, buffer: TimeSpan = .seconds(1)) {
        self.profile = profile
        self.buffer = buffer
    }
}
