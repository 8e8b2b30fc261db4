import LabModel
import Spelling
import YAML

/// The keys of a scenario's top level.
enum ScenarioKeys {
    static let name = Key("name", .text, "What the report calls it; the file's name when left out.")
    static let description = Key("description", .text, "What it is for.")
    static let extends = Key("extends", .text, "Another scenario that this one is laid over, relative to this one.")
    static let seed = Key("seed", .seed, "Makes what is random repeatable.")
    static let duration = Key(
        "duration", .time(to: 86400, excludingLowest: true), "Length of the stream; 30s when left out.")
    static let engine = Key("engine", ValueKind<EngineRequest>.choice(), "Which kernel the lab runs in.")
    static let ip = Key("ip", ValueKind<IPVersion>.number, "The Internet Protocol of the whole lab; 4 when left out.")
    static let congestion = Key(
        "congestion", .word(["cubic", "reno", "bbr", "dctcp"]), "TCP's congestion control in the whole lab.")
    static let ecn = Key("ecn", .yesOrNo, "Let TCP ask for ECN, so that queues mark its packets; off when left out.")
    static let profile = Key(
        "profile", .profile, "A link of the catalogue, and how it changes; 'link' and 'timeline' are laid over it.")
    static let link = Key("link", .link, "What is done to each direction from the start.")
    static let timeline = Key(
        "timeline", ValueKind<[ChangeDraft]>.list(.change), "How the link changes while the stream plays.")
    static let pipeline = Key("pipeline", .pipeline, "What is streamed, and how it is played.")
    static let probes = Key("probes", ValueKind<[LocatedProbe]>.list(.probe), "Active measurements beside the media.")
    static let expect = Key(
        "expect", ValueKind<[LocatedExpectation]>.list(.expectation), "What must hold for the run to pass.")
    static let matrix = Key(
        "matrix", .sweeps,
        "Settings by dotted path, each with its values, or with names and a value for each; 'condition' has names with "
            + "pieces of a scenario. One run a combination.")
    static let repeats = Key("repeat", .wholeNumber(1...100), "Runs of each combination, each with a seed of its own.")

    static let shape = MappingShape(
        [
            name, description, extends, seed, duration, engine, ip, congestion, ecn, profile, link, timeline, pipeline,
            probes, expect, matrix, repeats,
        ],
        notes: [
            "repeats": .called("repeat"), "competing": .later, "baseline": .later, "trace": .later,
            "family": .called("ip"),
            "protocol": .explained(message: "'protocol' belongs to 'pipeline'", hint: "write it under 'pipeline'"),
            "media": .explained(message: "'media' belongs to 'pipeline'", hint: "write it under 'pipeline'"),
            "player": .explained(message: "'player' belongs to 'pipeline'", hint: "write it under 'pipeline'"),
            "hops": .explained(message: "'hops' belongs to 'link'", hint: "write it under 'link'"),
            "mtu": .explained(message: "'mtu' belongs to 'link'", hint: "write it under 'link'"),
            "downlink": .explained(message: "'downlink' belongs to 'link'", hint: "write it under 'link'"),
            "uplink": .explained(message: "'uplink' belongs to 'link'", hint: "write it under 'link'"),
            "expectations": .called("expect"), "impairment": .called("link"), "network": .called("link"),
        ])
}

extension ValueKind where Value == UInt64 {
    static let seed = ValueKind(shape: .wholeNumber(0...Int.max)) { item in
        ValueKind<Int>.wholeNumber(0...Int.max).read(item).map { UInt64($0) }
    }
}

extension ValueKind where Value == Void {
    /// Taken out before a run's settings are read.
    static let sweeps = ValueKind(shape: .sweeps) { _ in }
}

extension ValueKind where Value == Profile {
    static let profile = ValueKind(shape: .words(Profile.names)) { item in
        guard let name = item.text(.text) else { return nil }
        if let profile = Profile.named(name) { return profile }
        let nearest = Spelling.nearest(to: name, in: Profile.names).map { "did you mean '\($0)'?" }
        item.error("there is no profile '\(name)'", hint: nearest ?? "'netlab list profiles' shows them all")
        return nil
    }
}
