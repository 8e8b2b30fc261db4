internal import LabModel
internal import LinuxKit
internal import RunStore
internal import Synchronization

/// Takes datagrams apart into access units and stores them, on a thread of its own.
final class DatagramStorage: Sendable {
    /// Makes a demuxer of what a function gives it; nil is the end.
    typealias Demux = @Sendable (@escaping () -> ArrivedDatagram?) throws(AVFailure) -> any UnitDemuxer

    let progress: Mutex<ProgressMeter>
    private let datagrams = Channel<[ArrivedDatagram]>(capacity: 1 << 12)
    private let failure = Condition<MediaError?>(nil)
    private let run: RunDirectory
    private let container: String
    private let demux: Demux
    private let keepsDatagrams: Bool
    private let thread = Mutex<Thread?>(nil)

    /// - Parameters:
    ///   - container: what comes, for people.
    ///   - keepsDatagrams: whether all that comes is written to a capture too.
    init(
        _ run: RunDirectory, progress: ProgressMeter, of container: String, keepsDatagrams: Bool,
        with demux: @escaping Demux
    ) {
        self.keepsDatagrams = keepsDatagrams
        self.run = run
        (self.container, self.demux) = (container, demux)
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

    func add(_ arrivals: [ArrivedDatagram]) {
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
        let delivered = keepsDatagrams ? try DeliveredCapture(run) : nil
        var waiting: [ArrivedDatagram] = []
        let demuxer = try naming { () throws(AVFailure) in
            try demux { [datagrams] in
                if waiting.isEmpty { waiting = (datagrams.receive() ?? []).reversed() }
                let next = waiting.popLast()
                if let next { delivered?.add(next) }
                return next
            }
        }
        while let unit = try naming({ () throws(AVFailure) in try demuxer.read() }) {
            let timestamp = UInt32(truncatingIfNeeded: unit.pts)
            try store.add(
                unit.kind, unit.bytes, timestamp: timestamp, isKey: unit.isKey, isChecked: true, time: unit.time)
            try delivered?.flushInTime()
            if unit.kind == .video { progress.withLock { $0.frame(timestamp, at: unit.time) } }
        }
        try store.flush()
        try delivered?.flush()
    }

    private func naming<R: ~Copyable>(_ body: () throws(AVFailure) -> R) throws(MediaError) -> R {
        try AVFailure.naming("take apart", "the \(container) that came", body)
    }
}
