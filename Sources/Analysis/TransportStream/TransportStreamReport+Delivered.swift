internal import LabModel

extension TransportStreamReport {
    /// Of what a protocol that repairs gave out at the receiver; nil where it gave out nothing.
    init?(delivered: any FrameSource, _ run: RunRecord) {
        var monitor: TransportStreamMonitor?
        delivered.forEach { frame in
            if monitor == nil {
                monitor = TransportStreamMonitor(
                    source: run.senderAddress, destination: run.receiverAddress, point: .receiver, start: frame.time)
            }
            monitor?.add(frame.bytes, at: frame.time)
        }
        guard let report = monitor?.finish() else { return nil }
        self = report
    }
}
