/// What one run did and what the kernel said of it: `run.json`.
package struct RunRecord: Codable, Sendable {
    package static let currentVersion = 1

    package var version = currentVersion
    package var engine: EngineKind
    /// Why this engine, in a sentence.
    package var engineReason: String
    /// `uname -r` of the kernel that the lab ran in, and of the host.
    package var kernel: String
    package var hostKernel: String
    /// How the lab's part of the run ended.
    package var outcome: RunOutcome
    /// Presentation time 0 leaves the sender; absent when it never came to that.
    package var streamStart: Timestamp?
    package var streamEnd: Timestamp?
    /// The link as built.
    package var readbacks: [LinkReadback] = []
    /// The link's qdiscs and counters at the end.
    package var finalReadbacks: [LinkReadback] = []
    package var changes: [AppliedChange] = []
    package var probes: [ProbeResult] = []
    package var captures: [CaptureFacts] = []
    package var workers: [WorkerExit] = []
    package var harness: HarnessFacts
    /// Addresses of the sender and the receiver.
    package var senderAddress: String = ""
    package var receiverAddress: String = ""
    /// Of a link of several hops, each one's ends: on the sender's side and on the receiver's.
    package var hops: [HopEnds] = []
    package var congestionControl: String = ""
    /// The smallest MTU of the interfaces that packets pass, as the kernel says; absent where no lab was built.
    package var mtu: ByteCount?
    package var warnings: [String] = []

    package init(
        engine: EngineKind, engineReason: String, kernel: String, hostKernel: String, outcome: RunOutcome,
        harness: HarnessFacts = HarnessFacts()
    ) {
        self.engine = engine
        self.engineReason = engineReason
        self.kernel = kernel
        self.hostKernel = hostKernel
        self.outcome = outcome
        self.harness = harness
    }
}

/// How the lab's part of a run ended.
package enum RunOutcome: Codable, Hashable, Sendable {
    case completed
    /// Ended by the user; what was measured until then is there.
    case interrupted
    /// The kernel lacks what the plan needs, and nothing was started.
    case unsupported(reason: String)
    case failed(reason: String)
}

/// The addresses at both ends of one hop.
package struct HopEnds: Codable, Hashable, Sendable {
    package var sender: String
    package var receiver: String

    package init(sender: String, receiver: String) {
        self.sender = sender
        self.receiver = receiver
    }
}

/// One capture file of a run.
package struct CaptureFacts: Codable, Hashable, Sendable {
    /// Where it was taken.
    package enum Point: String, Codable, Sendable, CaseIterable {
        /// The sender's interface, or that on its side of a hop: before the downlink's impairment, behind the uplink's.
        case sender
        /// The receiver's interface, or that on its side of a hop.
        case receiver
    }

    package var point: Point
    /// Of a link of several, from 1.
    package var hop: Int?
    /// Relative to the run directory.
    package var file: String
    package var packets: Int64
    /// `pcap_stats`: dropped by the kernel for lack of room, and by the interface.
    package var droppedByKernel: Int64
    package var droppedByInterface: Int64

    package init(
        point: Point, hop: Int? = nil, file: String, packets: Int64, droppedByKernel: Int64, droppedByInterface: Int64
    ) {
        self.point = point
        self.hop = hop
        self.file = file
        self.packets = packets
        self.droppedByKernel = droppedByKernel
        self.droppedByInterface = droppedByInterface
    }
}

/// How one worker ended.
package struct WorkerExit: Codable, Hashable, Sendable {
    /// `sender` or `receiver`.
    package var role: String
    /// Its exit status; absent when a signal ended it.
    package var status: Int?
    package var signal: Int?
    /// User and system time it used.
    package var cpu: TimeSpan?
    /// The last it wrote to standard error.
    package var lastWords: String?
    /// Whether it is a program of others' that netlab asked to end: then how it did says nothing of the stream.
    package var asked: Bool?

    package init(
        role: String, status: Int? = nil, signal: Int? = nil, cpu: TimeSpan? = nil, lastWords: String? = nil,
        asked: Bool? = nil
    ) {
        self.role = role
        self.status = status
        self.signal = signal
        self.cpu = cpu
        self.lastWords = lastWords
        self.asked = asked
    }
}

/// How far the measuring machine itself can be trusted.
package struct HarnessFacts: Codable, Hashable, Sendable {
    /// How late the sender's packets left, against their deadlines.
    package var sendLateness: Distribution?
    /// Share of the host's processor time stolen by a hypervisor while the run went on.
    package var steal: Probability?
    /// Share of the host's processor time in use.
    package var busy: Probability?
    /// Change of the realtime clock against the monotonic one over the run.
    package var clockStep: TimeSpan?
    /// When the run began by the host's clock. A virtual clock starts at the same moment in every run.
    package var started: Timestamp?
    /// Clock time of the host from the run's beginning, its media included, until its report could be written.
    package var wallTime: TimeSpan? { didSet { noteRatio() } }
    /// Time that passed in the lab.
    package var labTime: TimeSpan? { didSet { noteRatio() } }
    /// How much faster than the host's clock the lab's was: the lab's time by the host's.
    package private(set) var clockRatio: Double?
    /// The most runs of the same command that went on beside this one at a time.
    package var neighbours: Int?
    /// The try before this one, whose place this one takes; absent where this is the first.
    package var earlierTry: EarlierTry?

    package init() {}

    private mutating func noteRatio() {
        guard let wall = wallTime, let lab = labTime, wall > .zero else { return clockRatio = nil }
        clockRatio = lab.seconds / wall.seconds
    }
}

/// A run in real time that was invalid beside others, and was made again alone.
package struct EarlierTry: Codable, Hashable, Sendable {
    /// Its run directory, beside this one's.
    package var folder: String
    package var neighbours: Int
    /// What its failed checks found.
    package var findings: [String]

    package init(folder: String, neighbours: Int, findings: [String]) {
        self.folder = folder
        self.neighbours = neighbours
        self.findings = findings
    }
}
