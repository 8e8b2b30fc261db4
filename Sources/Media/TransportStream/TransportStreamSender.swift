internal import LabModel

/// Sends a media file as MPEG-TS over any carrier.
package final class TransportStreamSender: StreamSender {
    private let sender: DatagramSender

    /// Reads the plan and the media, makes every datagram, and writes what analysis must know.
    package init(run: String, media: String, carrier: any DatagramCarrier) throws {
        sender = try DatagramSender(run: run, media: media, carrier: carrier) { source, plan throws(AVFailure) in
            try DatagramSchedule(
                transportStream: source, rate: plan.transportStreamRate(of: source), pacing: plan.pacing,
                marked: plan.media.isGenerated)
        }
    }

    package func send(_ control: WorkerControl) throws { try sender.send(control) }
}

extension PipelinePlan {
    /// The constant rate that the plan asks for, or where its protocol wants one and the plan is silent, a quarter more
    /// than the media has.
    fileprivate func transportStreamRate(of source: MediaSource) -> Rate? {
        if let rate = transportStream.rate { return rate }
        guard `protocol` == .udpTS else { return nil }
        let bytes = source.streams.reduce(0) { $0 + $1.units.reduce(0) { $0 + $1.bytes.count } }
        let length = source.streams.map(\.end).max() ?? .zero
        guard length > .zero else { return nil }
        let rate = Double(bytes) * 8 / length.seconds * 1.25
        return Rate(bitsPerSecond: Int64((rate / 10_000).rounded(.up)) * 10_000)
    }
}
