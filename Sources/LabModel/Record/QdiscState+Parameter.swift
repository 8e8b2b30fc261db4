extension QdiscState.Parameter {
    package static func rate(_ name: String, _ value: Rate) -> Self {
        Self(name: name, value: Double(value.bitsPerSecond), quantity: .rate)
    }

    package static func size(_ name: String, _ value: ByteCount) -> Self {
        Self(name: name, value: Double(value.bytes), quantity: .size)
    }

    package static func time(_ name: String, _ value: TimeSpan) -> Self {
        Self(name: name, value: value.seconds, quantity: .time)
    }

    package static func ratio(_ name: String, _ value: Probability) -> Self {
        Self(name: name, value: value.value, quantity: .ratio)
    }

    package static func count(_ name: String, _ value: Double) -> Self {
        Self(name: name, value: value, quantity: .count)
    }

    /// Something that is on or off: 1 or 0.
    package static func flag(_ name: String, _ isOn: Bool) -> Self {
        Self(name: name, value: isOn ? 1 : 0, quantity: .count, word: isOn ? "on" : "off")
    }

    /// One of several words; its value is the kernel's number of it.
    package static func word<Word: CaseIterable & RawRepresentable & Equatable>(_ name: String, _ value: Word) -> Self
    where Word.RawValue == String {
        let place = Array(Word.allCases).firstIndex(of: value) ?? 0
        return Self(name: name, value: Double(place), quantity: .count, word: value.rawValue)
    }

    /// As people read it: `target 5.0 ms`, `ecn on`.
    package var text: String { "\(name) \(word ?? quantity.text(value))" }

    /// As somebody chose it: `target 5 ms`.
    package var setting: String { "\(name) \(word ?? quantity.setting(value))" }
}

extension [QdiscState.Parameter] {
    /// Packets that a queue marked in place of dropping them, by its statistics; `nil` where it counts none, or counts
    /// some of them twice.
    package var marks: Int64? {
        // What `ce_threshold` marks may have been marked before.
        if let doubled = first(where: { $0.name == "ce_mark" }), doubled.value > 0 { return nil }
        let counts = filter { ["ecn_mark", "marked"].contains($0.name) || $0.name.hasSuffix(" marks") }
        return counts.isEmpty ? nil : Int64(counts.reduce(0) { $0 + $1.value })
    }
}
