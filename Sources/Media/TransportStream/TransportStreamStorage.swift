internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Takes datagrams apart into access units and stores them, on a thread of its own.
final class TransportStreamStorage: Sendable {
    typealias Datagram = (bytes: [UInt8], time: Int64)

    let progress: Mutex<ProgressMeter>
    private let datagrams = Channel<[Datagram]>(capacity: 1 << 12)
    private let failure = Condition<MediaError?>(nil)
    private let run: RunDirectory
    private let thread = Mutex<Thread?>(nil)

    init(_ run: RunDirectory, progress: ProgressMeter) {
        self.run = run
        self.progress = Mutex(progress)
    }

    func start() throws {
        let started = try Thread.run(named: "demuxer") { [self] in
            do {
                try storeAll()
            } catch {
                failure.change { $0 = MediaError("store what was received in", run.path, "\(error)") }
                while datagrams.receive() != nil {}
            }
        }
        thread.withLock { $0 = started }
    }

    func add(_ arrivals: [Datagram]) {
        datagrams.send(arrivals)
    }

    /// Returns when all is on disk.
    func finish() throws {
        datagrams.close()
        thread.withLock { $0?.join() }
        if let failure = failure.look({ $0 }) { throw failure }
    }

    private func storeAll() throws {
        let store = try UnitStore(run)
        var waiting: [Datagram] = []
        let packet = try naming { () throws(AVFailure) in try Packet() }
        let demuxer = try naming { () throws(AVFailure) in
            try TransportStreamDemuxer { [datagrams] in
                if waiting.isEmpty { waiting = (datagrams.receive() ?? []).reversed() }
                return waiting.popLast()
            }
        }
        while let unit = try naming({ () throws(AVFailure) in try demuxer.read(packet) }) {
            let timestamp = UInt32(truncatingIfNeeded: unit.pts)
            try store.add(
                unit.kind, unit.bytes, timestamp: timestamp, isKey: unit.isKey,
                content: UnitContent.checksum(unit.bytes), time: unit.time)
            if unit.kind == .video { progress.withLock { $0.frame(timestamp, at: unit.time) } }
        }
        try store.flush()
    }

    private func naming<R: ~Copyable>(_ body: () throws(AVFailure) -> R) throws(MediaError) -> R {
        try AVFailure.naming("take apart", "the MPEG-TS that came", body)
    }
}
