internal import LabModel

extension RTMPReport {
    /// `nil` of no readings. A player that has left takes its count with it.
    init?(_ samples: [RTMPSample]) {
        guard let last = samples.last, let dropped = samples.map(\.dropped).max() else { return nil }
        self.init(received: last.received, sent: last.sent, dropped: dropped)
    }
}
