internal import LabModel

/// Sends a media file as fragmented MP4 over a carrier of messages.
package final class FragmentSender: StreamSender {
    private let sender: DatagramSender

    /// Reads the plan and the media, makes every message, and writes what analysis must know.
    package init(run: String, media: String, carrier: any DatagramCarrier) throws {
        sender = try DatagramSender(run: run, media: media, carrier: carrier) { source, plan throws(AVFailure) in
            try DatagramSchedule(fragmentsOf: source, marked: plan.media.isGenerated)
        }
    }

    package func send(_ control: WorkerControl) throws { try sender.send(control) }
}
