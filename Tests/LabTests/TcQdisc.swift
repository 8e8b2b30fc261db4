import FoundationEssentials
import LabModel
import LinuxKit
import Testing

@testable import Lab

/// A qdisc as `tc -s -d -j qdisc show` prints it.
struct TcQdisc: Decodable {
    let kind: String
    let handle: String
    let dev: String?
    let parent: String?
    let options: Options
    let bytes: Int64
    let packets: Int64
    let drops: Int64
    let overlimits: Int64
    let backlog: Int64
    let qlen: Int64

    /// Rates are bytes per second; tc prints 32 bits of limits as they are.
    struct Options: Decodable {
        let limit: Int64?
        let delay: Delay?
        let rate: RateField?
        let burst: String?
        let random: Loss?
        let bursty: Burst?
        /// netem's chances, each with its name once more in it, and its four states, as they are.
        let fourState, duplicate, reorder, corrupt, slot: [String: Double]?
        let gap: Double?
        let ecn: Bool?

        enum CodingKeys: String, CodingKey {
            case limit, delay, rate, burst, duplicate, reorder, corrupt, slot, gap, ecn
            case random = "loss-random"
            case bursty = "loss-gemodel"
            case fourState = "loss-state"
        }
    }

    struct Delay: Decodable {
        let delay: Double
        let jitter: Double
        let correlation: Double
    }

    struct Loss: Decodable {
        let loss: Double
        let correlation: Double
    }

    struct Burst: Decodable {
        let p: Double
        let r: Double
        let badLoss: Double
        let goodLoss: Double

        enum CodingKeys: String, CodingKey {
            case p, r
            case badLoss = "1-h"
            case goodLoss = "1-k"
        }
    }

    /// netem's is an object, the shapers' is a number.
    struct RateField: Decodable {
        let bytesPerSecond: Double

        private enum CodingKeys: CodingKey { case rate }

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: CodingKeys.self) {
                bytesPerSecond = try container.decode(Double.self, forKey: .rate)
            } else {
                bytesPerSecond = try decoder.singleValueContainer().decode(Double.self)
            }
        }
    }

    /// Those of a namespace.
    static func all(in namespace: NetworkNamespace) throws -> [TcQdisc] {
        var command = Command("tc", ["-s", "-d", "-j", "qdisc", "show"])
        command.namespace = namespace
        let result = try ChildProcess.run(command)
        #expect(result.status == .exited(0), "\(result.errorText)")
        return try JSONDecoder().decode([TcQdisc].self, from: Data(result.output))
    }

    func expect(_ ours: QdiscState) {
        #expect(kind == ours.kind)
        #expect((parent ?? "root") == ours.parent)
        #expect(bytes == ours.counters.bytes)
        #expect(packets == ours.counters.packets)
        #expect(drops == ours.counters.drops)
        #expect(overlimits == ours.counters.overlimits)
        #expect(backlog == ours.counters.backlogBytes)
        #expect(qlen == ours.counters.backlogPackets)
        expectBurst(ours)
        compare(options.rate.map { $0.bytesPerSecond * 8 }, ours, "rate")
        compare(options.delay?.delay, ours, "delay")
        compare(options.delay?.jitter, ours, "jitter")
        compare(options.random?.loss, ours, "loss")
        compare(options.bursty?.p, ours, "p")
        compare(options.bursty?.r, ours, "r")
        compare(options.bursty?.badLoss, ours, "1-h")
        compare(options.bursty?.goodLoss, ours, "1-k")
        compare(options.limit.map(Double.init), ours, "limit")
        if kind == "netem" { expectPath(ours) }
    }

    /// As `tc` writes it: `2139b/1`, of a time in whole microseconds, and near whole kilobytes and megabytes those
    /// (`tc_calc_xmitsize` and `sprint_size` of iproute2).
    private func expectBurst(_ ours: QdiscState) {
        guard let text = options.burst?.prefix(while: { $0 != "/" }) else { return }
        for (unit, bytes, tolerance) in [("Mb", 1_048_576.0, 1024.0), ("Kb", 1024, 16), ("b", 1, 0)]
        where text.hasSuffix(unit) {
            let theirs = Double(text.dropLast(unit.count)).map { $0 * bytes } ?? -1
            let microsecond = (ours.parameter("rate") ?? 0) / 8e6
            #expect(
                abs((ours.parameter("burst") ?? 0) - theirs) <= tolerance + microsecond + 1,
                "burst of \(kind): \(text)")
            return
        }
        Issue.record("burst of \(kind): \(text)")
    }

    private func expectPath(_ ours: QdiscState) {
        compare(options.delay?.correlation, ours, "delay-correlation")
        compare(options.random?.correlation, ours, "loss-correlation")
        for state in ["p13", "p31", "p32", "p23", "p14"] { compare(options.fourState?[state], ours, state) }
        for (name, chance) in [
            ("duplicate", options.duplicate), ("reorder", options.reorder), ("corrupt", options.corrupt),
        ] {
            compare(chance?[name], ours, name)
            compare(chance?["correlation"], ours, "\(name)-correlation")
        }
        compare(options.gap, ours, "gap")
        compare(options.ecn == true ? 1 : 0, ours, "ecn")
        compare(options.slot?["min-delay"], ours, "slot-min")
        compare(options.slot?["max-delay"], ours, "slot-max")
        compare(options.slot?["distribution"], ours, "slot-mean")
        compare(options.slot?["jitter"], ours, "slot-jitter")
        compare(options.slot?["packets"], ours, "slot-packets")
        compare(options.slot?["bytes"], ours, "slot-bytes")
    }

    /// tc rounds to a few digits, and prints no parameter that is zero; of tbf it prints no limit but a latency.
    private func compare(_ theirs: Double?, _ ours: QdiscState, _ name: String) {
        guard let theirs else {
            if kind == "tbf", name == "limit" { return }
            #expect((ours.parameter(name) ?? 0) == 0, "\(name) of \(kind)")
            return
        }
        let found = ours.parameter(name) ?? 0
        #expect(
            abs(found - theirs) <= Swift.max(1e-6, abs(theirs) * 1e-6), "\(name) of \(kind): \(found), tc \(theirs)")
    }
}
