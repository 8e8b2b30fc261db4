import FoundationEssentials
import LabModel
import LinuxKit
import Testing

@testable import Lab

/// A queue as `tc -s -d -j qdisc show` prints it, all of it.
struct TcQueue: Decodable {
    /// Any of JSON's values.
    indirect enum Value: Decodable {
        case number(Double)
        case flag(Bool)
        case text(String)
        case list([Value])
        case object([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let value = try? container.decode(Bool.self) {
                self = .flag(value)
            } else if let value = try? container.decode(Double.self) {
                self = .number(value)
            } else if let value = try? container.decode(String.self) {
                self = .text(value)
            } else if let value = try? container.decode([Value].self) {
                self = .list(value)
            } else {
                self = .object(try container.decode([String: Value].self))
            }
        }

        subscript(name: String) -> Value? {
            if case .object(let fields) = self { fields[name] } else { nil }
        }
    }

    let all: Value

    init(from decoder: any Decoder) throws {
        all = try Value(from: decoder)
    }

    static func all(in namespace: NetworkNamespace) throws -> [TcQueue] {
        var command = Command("tc", ["-s", "-d", "-j", "qdisc", "show"])
        command.namespace = namespace
        let result = try ChildProcess.run(command)
        #expect(result.status == .exited(0), "\(result.errorText)")
        return try JSONDecoder().decode([TcQueue].self, from: Data(result.output))
    }

    func text(_ name: String) -> String? {
        if case .text(let text) = all[name] { text } else { nil }
    }

    /// Compares every figure that both have, and returns the names of them. What moves by itself, as pie's probability
    /// does, lies between our readings before and after tc's.
    func expect(_ ours: QdiscState, _ later: QdiscState) -> Set<String> {
        var compared: Set<String> = []
        let afterwards = later.parameters + (later.statistics ?? [])
        for parameter in ours.parameters + (ours.statistics ?? []) {
            guard let theirs = find(parameter.name) else { continue }
            compared.insert(parameter.name)
            switch theirs {
            case .number(let number):
                expect(parameter, afterwards.first { $0.name == parameter.name }?.value ?? parameter.value, number)
            case .flag(let isOn): #expect(isOn == (parameter.value == 1), "\(parameter.name)")
            case .text(let word): #expect(word == parameter.word, "\(parameter.name)")
            case .list, .object: Issue.record("\(parameter.name) is no figure")
            }
        }
        return compared
    }

    /// tc's rates are bytes per second, its times microseconds, and its probabilities shares or percents.
    private func expect(_ parameter: QdiscState.Parameter, _ later: Double, _ number: Double) {
        let factor =
            switch (parameter.quantity, parameter.name) {
            case (.rate, _): 8.0
            case (.time, _): 1e-6
            case (_, "ecn_prob"): 0.01
            default: 1.0
            }
        let tolerance = Swift.max(1e-9, abs(parameter.value) * 1e-5)
        let theirs = number * factor
        #expect(
            theirs >= min(parameter.value, later) - tolerance, "\(parameter.name): \(parameter.value), tc \(theirs)")
        #expect(
            theirs <= max(parameter.value, later) + tolerance, "\(parameter.name): \(parameter.value), tc \(theirs)")
    }

    private static let words = [
        "ack-filter": "", "isolation": "flowmode", "split-gso": "split_gso", "pkts": "sent_packets",
        "marks": "ecn_mark",
        "thresh": "threshold_rate", "backlog": "backlog_bytes", "target": "target_us", "interval": "interval_us",
        "pk_delay": "peak_delay_us", "av_delay": "avg_delay_us", "sp_delay": "base_delay_us", "ack_drop": "ack_drops",
        "sp_flows": "sparse_flows", "bk_flows": "bulk_flows", "un_flows": "unresponsive_flows",
    ]

    private func find(_ name: String) -> Value? {
        if name.hasPrefix("tin ") {
            let words = name.split(separator: " ")
            guard case .list(let tins) = all["tins"], let index = Int(words[1]), tins.indices.contains(index) else {
                return nil
            }
            let word = String(words[2])
            return tins[index][Self.words[word] ?? word]
        }
        let word = text("kind") == "cake" ? Self.words[name] ?? name : name
        return all["options"]?[word] ?? all[word]
    }
}
