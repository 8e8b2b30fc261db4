/// Receives a transport stream over any carrier and stores the access units as they come.
package final class TransportStreamReceiver: StreamReceiver {
    private let receiver: DatagramReceiver

    /// - Parameter linger: how long to wait for more when nothing comes any more (ns).
    package init(run: String, linger: Int64, source: any DatagramSource) throws {
        receiver = try DatagramReceiver(run: run, linger: linger, source: source, of: "MPEG-TS") {
            next throws(AVFailure) in try TransportStreamDemuxer(next: next)
        }
    }

    package func receive(_ control: WorkerControl) throws { try receiver.receive(control) }
}
