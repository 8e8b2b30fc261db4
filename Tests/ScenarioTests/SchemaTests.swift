import FoundationEssentials
import Testing

@testable import Scenario

/// A JSON Schema, as far as the scenario's uses it.
final class Schema: Decodable {
    let properties: [String: Schema]?
    let required: [String]?
    let items: Schema?
    let anyOf: [Schema]?
    let words: [Word]?
    let pattern: String?
    let examples: [String]?
    let description: String?

    /// A word or a number of an enumeration, as a scenario has it.
    struct Word: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            text = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
        }
    }

    enum CodingKeys: String, CodingKey {
        case properties, required, items, anyOf, pattern, examples, description
        case words = "enum"
    }

    /// Every property with its dotted path; lists have their first element's.
    func paths(_ path: String = "") -> [(path: String, schema: Schema)] {
        let own = (properties ?? [:]).sorted { $0.key < $1.key }.flatMap { name, schema in
            let inner = path.isEmpty ? name : "\(path).\(name)"
            return [(inner, schema)] + schema.paths(inner)
        }
        return own + (items?.paths("\(path).0") ?? []) + (anyOf ?? []).flatMap { $0.paths(path) }
    }
}

@Suite("The JSON Schema of scenarios")
struct SchemaTests {
    private func schema() throws -> Schema {
        let data = try Data(contentsOf: URL(fileURLWithPath: Repository.root + "/Resources/scenario.schema.json"))
        return try JSONDecoder().decode(Schema.self, from: data)
    }

    @Test("is the file that is shipped; 'netlab schema > Resources/scenario.schema.json' makes it again")
    func file() throws {
        let path = Repository.root + "/Resources/scenario.schema.json"
        let shipped = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(shipped == ScenarioSchema.text)
    }

    @Test("has no key that the decoder does not know, and describes each")
    func keys() throws {
        let all = try schema().paths()
        #expect(all.count > 50)
        for (path, schema) in all {
            #expect(schema.description != nil, "\(path)")
            // Wrong for every key, so that only the complaint about an unknown key is missing.
            let complaint = load(lists, ["\(path)={zzz: [1]}"]).mistakes
            #expect(
                !complaint.contains("unknown key '\(path.split(separator: ".").last ?? "")'"), "\(path): \(complaint)")
        }
    }

    @Test("has every word that the decoder takes")
    func words() throws {
        for (path, schema) in try schema().paths() {
            for word in (schema.words ?? []) + (schema.anyOf ?? []).flatMap({ $0.words ?? [] }) {
                let complaint = load(lists, ["\(path)=\(word.text)"]).mistakes
                #expect(
                    !complaint.contains("cannot be '\(word.text)'") && !complaint.contains("not '\(word.text)'"),
                    "\(path)=\(word.text): \(complaint)")
            }
        }
    }

    @Test("matches quantities that the decoder reads, and no others")
    func patterns() throws {
        let all = try schema().paths()
        let rate = try #require(all.first { $0.path == "link.downlink.rate" }?.schema.pattern)
        let queue = try #require(all.first { $0.path == "link.downlink.queue" }?.schema.anyOf?.first?.pattern)
        let expectation = try #require(try schema().properties?["expect"]?.items?.pattern)
        func fits(_ text: String, _ pattern: String) throws -> Bool { try Regex(pattern).firstMatch(in: text) != nil }
        for text in ["10mbit", "2.5 Gbit", "1bit"] { #expect(try fits(text, rate)) }
        for text in ["10", "10mbps", "-1mbit", "mbit", "1.mbit"] { #expect(try !fits(text, rate)) }
        for text in ["100ms", "64KiB", "50packets", "1 packet"] { #expect(try fits(text, queue)) }
        for text in ["100", "64kb", "1%"] { #expect(try !fits(text, queue)) }
        for text in ["rtp.video.loss <= 1%", "player.stall.count == 0", "avsync.mean > -45ms"] {
            #expect(try fits(text, expectation))
        }
        for text in ["no stalls", "rtp.video.loss", "<= 1%"] { #expect(try !fits(text, expectation)) }
    }

    /// Something to set within lists.
    private let lists = """
        duration: 30s
        timeline: [{at: 5s, downlink: {delay: 1ms}}]
        probes: [{latency: 50ms}]
        """
}
