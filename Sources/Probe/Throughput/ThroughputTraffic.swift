internal import LabModel
internal import LinuxKit
internal import Synchronization

/// One transport's traffic, opened and ready: `send` runs on a thread of its own beside `receive`.
protocol ThroughputTraffic: Sendable {
    /// What has come until now.
    var received: ReceivedTraffic { get }

    /// Sends as much as it may until the window's end.
    func send(in window: TestWindow, progress: SenderProgress, shouldStop: () -> Bool) throws

    /// Waits until something comes or the monotonic clock shows `deadline` (ns), and takes it.
    func receive(untilMonotonic deadline: Int64) throws

    /// Says what makes the figures untrue.
    func check(_ sender: SenderProgress.State) throws

    /// Adds the transport's own figures.
    func report(_ sender: SenderProgress.State, in result: inout ProbeResult)
}

extension ProbePlan.Throughput {
    /// Its traffic, with both ends open.
    func open(over path: ProbePath) throws -> any ThroughputTraffic {
        switch transport {
        case .tcp:
            if path.rate == nil, path.isVirtualTime {
                throw ProbeFailure("TCP over a link without a rate never ends in virtual time; give the link a rate")
            }
            return try StreamTraffic(over: path)
        case .udp:
            let ask = path.rate.map { Rate(bitsPerSecond: $0.bitsPerSecond * 6 / 5) }
            guard let offered = offered ?? ask, offered.bitsPerSecond > 0 else {
                throw ProbeFailure("UDP needs to know how much to offer; give the probe or the link a rate")
            }
            return try DatagramTraffic(over: path, offered: offered, plan: self)
        }
    }
}

/// What has come until one moment, as the receiving program counts it.
struct ReceivedTraffic: Hashable, Sendable {
    var payload = ByteCount(0)
    /// UDP only.
    var packets: Int64?
    /// UDP only: sent before the latest datagram that came, and not here.
    var missing: Int64?
}

/// When a test begins and ends, on the monotonic clock.
struct TestWindow: Hashable, Sendable {
    /// How often the sender looks at its connection and at whether to stop, and the receiver at its counters.
    static let step: Int64 = 100_000_000

    let start: Int64
    let duration: TimeSpan

    var end: Int64 { start + duration.nanoseconds }

    /// The time since the start.
    func elapsed(at moment: Int64) -> TimeSpan { TimeSpan(nanoseconds: moment - start) }
}

/// What the sender's thread lets the receiver's know.
final class SenderProgress: Sendable {
    struct State: Sendable {
        /// TCP only.
        var facts: StreamSocket.Facts?
        /// UDP only: datagrams sent.
        var sent: Int64 = 0
        var hasEnded = false
        var failure: String?
    }

    private let guarded = Mutex(State())

    var state: State { guarded.withLock { $0 } }

    func update(_ body: (inout State) -> Void) {
        guarded.withLock { body(&$0) }
    }

    /// Runs the sender's work to its end and notes how it ended.
    func finish(_ work: () throws -> Void) {
        var failure: String?
        do { try work() } catch { failure = "\(error)" }
        guarded.withLock { state in
            state.hasEnded = true
            state.failure = failure
        }
    }
}
