internal import LabModel
internal import LinuxKit
internal import RunStore

/// A depacketiser on a thread of its own, so that packets never wait for it.
final class DepacketizerThread {
    private let items: Channel<[Depacketizer.Item]>
    private let thread: Thread
    private let failure = Condition<MediaError?>(nil)

    /// Begins with the streams of `media/session.sdp`, in its order.
    init(_ run: RunDirectory, streams: [StreamFacts]) throws(Errno) {
        let items = Channel<[Depacketizer.Item]>(capacity: 1 << 12)
        self.items = items
        thread = try Thread.run(named: "depacketizer") { [failure] in
            do {
                try Depacketizer(run, streams: streams, input: items).run(
                    session: run.file(RunFolder.sessionDescription))
            } catch {
                failure.change { $0 = MediaError("store what was received in", run.path, "\(error)") }
                // Goes on taking, so that reports and figures stay right.
                while items.receive() != nil {}
            }
        }
    }

    /// Takes packets in the order of their coming. To be woken costs as much as its work on many packets.
    func take(_ packets: [Depacketizer.Item]) { items.send(packets) }

    /// Returns when all is on disk.
    func finish() throws(MediaError) {
        items.close()
        thread.join()
        if let failure = failure.look({ $0 }) { throw failure }
    }
}
