import LabModel
import LinuxKit
import Testing

@testable import Lab

/// A class of htb as `tc -s -d class show` prints it: in words, whatever it is asked for.
struct TcClass {
    private let words: [Substring]
    private static let rates = [("Tbit", 1e12), ("Gbit", 1e9), ("Mbit", 1e6), ("Kbit", 1e3), ("bit", 1)]

    init(on interface: String, in namespace: NetworkNamespace) throws {
        var command = Command("tc", ["-s", "-d", "class", "show", "dev", interface])
        command.namespace = namespace
        let result = try ChildProcess.run(command)
        #expect(result.status == .exited(0), "\(result.errorText)")
        // Other qdiscs have classes too.
        let all = result.outputText.split { " \n(,".contains($0) }
        words = Array(all[(all.firstIndex(of: "htb") ?? all.endIndex)...])
    }

    func expect(_ ours: QdiscState) {
        #expect(word("htb").map(String.init) == ours.handle)
        let rate = number("rate", units: Self.rates)
        #expect(rate == ours.parameter("rate"))
        #expect(number("ceil", units: Self.rates) == rate)
        // Whole microseconds' worth, and near whole kilobytes and megabytes those.
        let burst = number("burst", units: [("Mb/1", 1_048_576), ("Kb/1", 1024), ("b/1", 1)]) ?? -1
        let tolerance = (burst > 1_048_576 ? 1024 : burst > 1024 ? 16 : 1) + (rate ?? 0) / 8e6
        #expect(abs((ours.parameter("burst") ?? 0) - burst) <= tolerance, "\(burst)")
        #expect(word("Sent") == "\(ours.counters.bytes)" && word("bytes") == "\(ours.counters.packets)")
        #expect(word("dropped") == "\(ours.counters.drops)")
    }

    /// What follows the first word of that name.
    private func word(_ name: String) -> Substring? {
        words.firstIndex { $0 == name }.flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }

    private func number(_ name: String, units: [(String, Double)]) -> Double? {
        guard let text = word(name), let unit = units.first(where: { text.hasSuffix($0.0) }) else { return nil }
        return Double(text.dropLast(unit.0.count)).map { $0 * unit.1 }
    }
}
