import LabModel
import LinuxKit
import Testing

@testable import Lab

/// TCP's state as netlab reads it against `ss`. Needs root in a kernel with everything, and `ss`.
@Suite(.serialized) struct ConnectionKernelTests {
    private static let lossy = Impairment(
        rate: Rate(bitsPerSecond: 5_000_000), delay: .milliseconds(20), loss: .independent(Probability(clamping: 0.02)))

    @Test func `ss sees the same of a connection that loses packets`() throws {
        try withLab(Plan(downlink: Self.lossy, uplink: Impairment(delay: .milliseconds(20)))) { lab in
            let transfer = try BulkTransfer.start(through: lab)
            Clock.sleep(for: 4_000_000_000)
            let watch = try ConnectionWatch(lab)
            let before = try watch.sample()
            let theirs = try SocketStatistics(of: lab.sender.namespace)
            let after = try watch.sample()
            _ = try transfer.stop()

            #expect(before.map(\.point) == [.sender, .receiver])
            let (first, last) = (try #require(before.first), try #require(after.first))
            #expect(first.local.address == IPAddress(lab.sender.address))
            #expect(first.remote == before.last?.local && first.local == before.last?.remote)
            #expect(first.remote.port == 7001)
            #expect(theirs.words.contains(try #require(first.congestionControl)))
            let (ours, later) = (first.information, last.information)
            // Between two of our readings nothing else can have been.
            for figure in SocketStatistics.figures {
                let range = try #require(figure.ours(ours)).and(try #require(figure.ours(later)))
                let value = try #require(theirs.number(figure.name, part: figure.part), "\(figure.name)")
                #expect(
                    range.lowerBound - figure.rounding <= value && value <= range.upperBound + figure.rounding,
                    "\(figure.name): ss says \(value), netlab \(range)")
            }
            #expect(try #require(ours.retransmissions) > 5)
            #expect(try #require(ours.leastRoundTrip) >= .milliseconds(40))
        }
    }

    @Test func `Without a connection there is nothing`() throws {
        let samples = try withLab(Plan(downlink: .clean)) { lab in try ConnectionWatch(lab).sample() }
        #expect(samples == [])
    }
}

extension Double {
    fileprivate func and(_ other: Double) -> ClosedRange<Double> { min(self, other)...max(self, other) }
}

/// The only connection that `ss -tinOH` prints.
private struct SocketStatistics {
    struct Figure: Sendable {
        var name: String
        /// Of several numbers behind one name, with `/` between.
        var part = 0
        /// What ss leaves out of its number.
        var rounding = 0.0
        var ours: @Sendable (TCPInformation) -> Double?
    }

    static let figures: [Figure] = [
        Figure(name: "rtt", rounding: 0.001) { $0.roundTrip?.milliseconds },
        Figure(name: "rtt", part: 1, rounding: 0.001) { $0.roundTripVariation?.milliseconds },
        Figure(name: "minrtt", rounding: 0.01) { $0.leastRoundTrip?.milliseconds },
        Figure(name: "mss") { ($0.segmentSize?.bytes).map(Double.init) },
        Figure(name: "cwnd") { $0.congestionWindow.map(Double.init) },
        Figure(name: "ssthresh") { $0.slowStartThreshold.map(Double.init) },
        Figure(name: "bytes_acked") { ($0.acknowledged?.bytes).map(Double.init) },
        Figure(name: "bytes_retrans") { ($0.retransmitted?.bytes).map(Double.init) },
        Figure(name: "data_segs_out") { $0.dataSegments.map(Double.init) },
        Figure(name: "unacked") { $0.unacknowledged.map(Double.init) },
        Figure(name: "retrans", part: 1) { $0.retransmissions.map(Double.init) },
        Figure(name: "notsent") { ($0.unsent?.bytes).map(Double.init) },
        Figure(name: "busy", rounding: 1) { $0.busy?.milliseconds },
        Figure(name: "delivery_rate", rounding: 8) { ($0.deliveryRate?.bitsPerSecond).map(Double.init) },
        Figure(name: "pacing_rate", rounding: 8) { ($0.pacingRate?.bitsPerSecond).map(Double.init) },
    ]

    let words: [String]

    init(of namespace: NetworkNamespace) throws {
        var command = Command("ss", ["-tinOH"])
        command.namespace = namespace
        let result = try ChildProcess.run(command)
        #expect(result.status == .exited(0), "\(result.errorText)")
        words = result.outputText.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// Behind `name:`, or in the next word.
    func number(_ name: String, part: Int) -> Double? {
        let value =
            words.first { $0.hasPrefix("\(name):") }?.dropFirst(name.count + 1)
            ?? words.firstIndex(of: name).map { words[$0 + 1][...] }
        let parts = value?.split(separator: "/") ?? []
        guard part < parts.count else { return nil }
        let text = parts[part]
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let scales: [String: Double] = ["Gbps": 1e9, "Mbps": 1e6, "Kbps": 1e3]
        let scale = scales[String(text.dropFirst(digits.count))] ?? 1
        return Double(String(digits)).map { $0 * scale }
    }
}
