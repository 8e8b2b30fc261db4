import LabModel

extension RTPStreamReport {
    /// One figure of a stream and how it is written.
    struct Figure {
        var name: String
        var text: (RTPStreamReport) -> String
    }

    /// What it carries, or who it is when nobody said.
    var title: String {
        (stream?.word ?? "0x" + String(ssrc, radix: 16)) + (camera.map { ", camera \($0)" } ?? "")
    }

    /// All figures, in the order of the page.
    static var figures: [Figure] {
        identity + counts + times
    }

    private static var identity: [Figure] {
        [
            Figure(name: "SSRC") { "0x" + String($0.ssrc, radix: 16) },
            Figure(name: "From") { $0.source },
            Figure(name: "To") { $0.destination },
            Figure(name: "Payload type") { $0.payloadTypes.map(String.init).joined(separator: ", ") },
            Figure(name: "Codec") { $0.codec ?? Quantity.unknown },
            Figure(name: "Clock rate") { $0.clockRate.map { "\(Int64($0).grouped) Hz" } ?? Quantity.unknown },
        ]
    }

    private static var counts: [Figure] {
        [
            Figure(name: "Packets, duplicates included") { $0.packets.grouped },
            Figure(name: "Expected") { $0.expected.grouped },
            Figure(name: "Never came") {
                "\($0.missing.grouped) (\(Quantity.ratio.text($0.loss)))"
            },
            Figure(name: "Lost by RFC 3550 A.3") { $0.lostRFC3550.grouped },
            Figure(name: "Runs of missing packets") { Self.runs($0.lossRuns) },
            Figure(name: "Bursts, RFC 3611") { $0.bursts.map { $0.bursts.grouped } ?? "none" },
            Figure(name: "Loss in bursts and outside") {
                "\(Quantity.ratio.text($0.bursts?.burstDensity)), \(Quantity.ratio.text($0.bursts?.gapDensity))"
            },
            Figure(name: "Length of bursts and gaps") {
                "\($0.bursts?.burstDuration?.text ?? Quantity.unknown), "
                    + ($0.bursts?.gapDuration?.text ?? Quantity.unknown)
            },
            Figure(name: "Duplicates") { $0.duplicates.grouped },
            Figure(name: "Reordered") { $0.reordered.grouped },
            Figure(name: "Greatest reorder distance") { $0.reorderDistance.grouped },
            Figure(name: "Sequence numbers") { "\($0.firstSequence) to \($0.highestSequence)" },
            Figure(name: "Markers") { $0.markers.grouped },
            Figure(name: "Restarts") { $0.restarts.grouped },
        ]
    }

    private static var times: [Figure] {
        [
            Figure(name: "UDP payload") { $0.bytes.text },
            Figure(name: "Rate, UDP payload") { $0.rate?.text ?? Quantity.unknown },
            Figure(name: "Length") { ($0.last - $0.first).text },
            Figure(name: "Mean jitter, RFC 3550 A.8") { $0.meanJitter?.text ?? Quantity.unknown },
            Figure(name: "Greatest jitter") { $0.maximumJitter?.text ?? Quantity.unknown },
            Figure(name: "Clock against the capture's") {
                $0.drift.map { "\(($0 * 1e6).fixed(1)) ppm" } ?? Quantity.unknown
            },
            Figure(name: "Greatest gap between packets") { $0.maximumGap.text },
        ]
    }

    /// `1 packet: 12, 2: 3, 5: 1`, the shortest first and no more than fit.
    static func runs(_ counts: [Int64]) -> String {
        let runs = counts.enumerated().filter { $0.element > 0 }
        guard !runs.isEmpty else { return "none" }
        let shown = runs.prefix(6).map { "\($0.element.grouped)\u{d7}\($0.offset + 1)" }.joined(separator: ", ")
        let hidden = runs.count - 6
        return hidden > 0 ? "\(shown) and \(hidden) longer" : shown
    }
}
