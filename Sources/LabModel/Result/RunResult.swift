/// Everything one run shows: `result.json`.
package struct RunResult: Codable, Sendable {
    /// Raised on an incompatible change; a reader refuses newer ones.
    package static let currentVersion = 1

    package var version = currentVersion
    package var netlabVersion: String
    package var plan: Plan
    package var run: RunRecord
    package var proofs: [LinkProof] = []
    package var links: [LinkReport] = []
    /// The link's changes, direction by direction.
    package var changes: [ChangeReport] = []
    /// At the receiver, and at the sender.
    package var received: RTPReport?
    package var sent: RTPReport?
    /// Of protocols that repair loss.
    package var repair: RepairReport?
    package var srt: SRTReport?
    package var rist: RISTReport?
    package var media: [MediaReport] = []
    package var player: PlayerReport?
    /// Absent without both captures.
    package var wire: WireReport?
    package var outages: [OutageReport] = []
    /// MPEG-TS on the wire, at the sender and at the receiver.
    package var transportStreams: [TransportStreamReport] = []
    package var sync: [SyncReport] = []
    /// Where there are several cameras, each by itself; what stands above is the first one's.
    package var cameras: [CameraReport]?
    /// Absent where the protocol is another.
    package var rtsp: RTSPReport?
    /// Absent where nothing crossed the link by TCP while the stream ran.
    package var tcp: TCPReport?
    /// What an RTMP server said of itself; absent without one.
    package var rtmp: RTMPReport?
    /// Absent where all that ran was netlab's.
    package var programs: ProgramsReport?
    /// Where an HTTP client received.
    package var http: HTTPReport?
    package var series: [Series] = []
    /// Figures that this run does not have, and why.
    package var absences: [Absence] = []
    package var validity: [ValidityCheck] = []
    package var expectations: [ExpectationResult] = []
    package var verdict: Verdict = .invalid

    package init(netlabVersion: String, plan: Plan, run: RunRecord) {
        self.netlabVersion = netlabVersion
        self.plan = plan
        self.run = run
    }
}

/// How a run is judged.
package enum Verdict: String, Codable, Sendable, CaseIterable {
    case pass
    case fail
    /// The run is not what was asked, or the machine was too busy: neither passed nor failed.
    case invalid
    /// The engine's kernel lacks what the scenario needs.
    case unsupported
}

/// One reason for or against trusting a run.
package struct ValidityCheck: Codable, Hashable, Sendable {
    /// Such as `capture.drops`, `send.lateness`, `link.downlink.rate`.
    package var name: String
    package var passed: Bool
    /// What was found, in a sentence.
    package var finding: String

    package init(name: String, passed: Bool, finding: String) {
        self.name = name
        self.passed = passed
        self.finding = finding
    }
}

/// One `expect:` line, judged.
package struct ExpectationResult: Codable, Hashable, Sendable {
    package var expectation: Expectation
    /// Absent when the run could not measure it; then it has not passed.
    package var measured: Double?
    package var passed: Bool

    package init(expectation: Expectation, measured: Double?, passed: Bool) {
        self.expectation = expectation
        self.measured = measured
        self.passed = passed
    }
}
