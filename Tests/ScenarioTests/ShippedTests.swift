import FoundationEssentials
import LabModel
import Testing

@testable import Scenario

@Suite("What is shipped")
struct ShippedTests {
    @Test(
        "every scenario is valid, is described, expects something and is short, unless a standard says how long it is",
        arguments: Repository.loader.shippedScenarios)
    func scenarios(_ path: String) throws {
        let scenario = try Repository.loader.load(path)
        #expect(scenario.warnings.isEmpty)
        for plan in scenario.plans {
            #expect(plan.description != nil)
            #expect(!plan.expectations.isEmpty)
            let longest = plan.slug.hasPrefix("rfc") ? 300.0 : 30
            #expect(plan.duration >= .seconds(10) && plan.duration <= .seconds(longest))
        }
        #expect(scenario.text.hasPrefix("# yaml-language-server: $schema=../Resources/scenario.schema.json\n"))
    }

    @Test("the scenarios that were promised are there")
    func names() {
        #expect(
            Set(Repository.loader.shippedNames).isSuperset(
                of: ["10mbit", "bursty", "changing", "clean", "jittery", "lossy", "narrow"]))
    }

    @Test("the starting scenario is valid and names every setting that is not for experts")
    func starter() throws {
        let scenario = try Repository.loader.load(text: StarterScenario.text, as: "scenario.yaml")
        #expect(scenario.warnings.isEmpty)
        let commented = ["profile", "matrix", "file"]
        for key in ["name", "seed", "duration", "link", "timeline", "pipeline", "probes", "expect"] + commented {
            #expect(StarterScenario.text.contains("\(key):"))
        }
    }
}

@Suite("Hostile scenarios", .timeLimit(.minutes(2)))
struct HostileTests {
    @Test("mutated scenarios never crash it, and most of them are refused")
    func mutations() throws {
        let texts = try Repository.loader.shippedScenarios.map { try Repository.loader.load($0).text }
        var generator = SplitMix(state: 42)
        var refused = 0
        for _ in 0..<2000 {
            var bytes = Array(try #require(texts.randomElement(using: &generator)).utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) { mutate(&bytes, &generator) }
            if case .mistakes(let text) = load(String(decoding: bytes, as: UTF8.self)) {
                refused += 1
                #expect(!text.isEmpty)
            }
        }
        #expect(refused > 500 && refused < 2000)
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let odd = Array("{}[]:,-0123456789.%&*!|>'\"#\n\t msx".utf8) + [0, 0x80, 0xFF, 0xE2]
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[place] = odd.randomElement(using: &generator) ?? 0
        case 1: bytes.insert(odd.randomElement(using: &generator) ?? 0, at: place)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 20))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
        }
    }

    @Test("names and values of any length and kind stay small in messages")
    func longNames() {
        let long = String(repeating: "x", count: 100_000)
        for text in ["\(long): 1", "engine: \(long)", "expect: [\(long) < 1]", "profile: \(long)", "extends: \(long)"] {
            #expect(load(text).mistakes.utf8.count > 0)
        }
        #expect(load("name: x", ["\(long)=1"]).mistakes.utf8.count > 0)
    }
}
