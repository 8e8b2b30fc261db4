internal import LabModel
internal import LinuxKit
internal import RunStore

/// Listens for the receiver reports that come back to the sender's sockets.
final class ReportListener {
    private let thread: Thread
    private let end: FileDescriptor
    private let failure = Condition<RunStoreError?>(nil)

    init(_ sockets: [DatagramSocket], log: ReportLog) throws {
        let (watched, told) = try FileDescriptor.pipe().release()
        end = FileDescriptor(owning: told)
        let failure = failure
        thread = try Thread.run(named: "reports") {
            let stop = FileDescriptor(owning: watched)
            do throws(RunStoreError) {
                try Self.listen(sockets, stop.raw, log)
            } catch {
                failure.change { $0 = error }
            }
        }
    }

    /// Ends the listening; all that came is on disk then.
    func close() throws(RunStoreError) {
        try? end.writeAll([0])
        thread.join()
        if let failure = failure.look({ $0 }) { throw failure }
    }

    private static func listen(
        _ sockets: [DatagramSocket], _ stop: Int32, _ log: ReportLog
    ) throws(RunStoreError) {
        var drops: UInt32 = 0
        while let ready = try? Poll.readable(sockets.map(\.raw) + [stop], untilMonotonic: nil) {
            for (socket, isReady) in zip(sockets, ready) where isReady {
                for arrival in (try? socket.receive(drops: &drops)) ?? [] {
                    try log.note(arrival.bytes, at: arrival.time)
                }
            }
            if ready.last == true { return }
        }
    }
}
