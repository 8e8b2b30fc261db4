import LabModel
import YAML

/// The keys of a direction's path beside delay, jitter and loss.
enum PathKeys {
    static let distribution = Key(
        "distribution", .distribution, "How the jitter spreads the delay; a table file is as tc takes it.")
    static let correlation = Key(
        "correlation", .ratio, "How much of a delay's random number comes from the last; needs raw.")
    static let raw = Key(
        "raw", .yesOrNo, "netem as it is: jitter reorders packets, and correlations do what the kernel makes of them.")
    static let reorder = Key("reorder", .reordering, "Packets that overtake all that are under way.")
    static let duplicate = Key("duplicate", .chance, "Packets that come twice.")
    static let corrupt = Key("corrupt", .chance, "Packets of which one bit is turned over.")
    static let slot = Key("slot", .slots, "Packets leave in bursts, as where a medium is shared by turns.")

    static let keys: [any KeyDescription] = [distribution, correlation, raw, reorder, duplicate, corrupt, slot]
}

/// The keys of what befalls a share of the packets.
enum ChanceKeys {
    static let share = Key("share", .ratio, required: true, "Of the packets.")
    static let correlation = Key("correlation", .ratio, "How much of a random number comes from the last; needs raw.")
    static let gap = Key("gap", .wholeNumber(1...1_000_000), "Only each packet of this number may overtake; 1 is all.")
    static let shape = MappingShape([share, correlation])
    static let reordering = MappingShape([share, correlation, gap])
}

/// The keys of slots.
enum SlotKeys {
    static let min = Key("min", longest, "The least time from one slot to the next.")
    static let max = Key("max", longest, "The greatest; as 'min' when left out.")
    static let mean = Key("mean", longest, "The mean time from one slot to the next, with 'jitter'.")
    static let jitter = Key("jitter", .time(to: ValueKind.kernelsLongestJitter), "The spread of that time.")
    static let distribution = Key("distribution", .distribution, "How it spreads; normal when left out.")
    static let packets = Key("packets", .wholeNumber(1...1_000_000), "Packets in one slot; no limit when left out.")
    static let bytes = Key("bytes", .size(to: 1e9), "Bytes in one slot; no limit when left out.")
    static let shape = MappingShape([min, max, mean, jitter, distribution, packets, bytes])

    private static let longest = ValueKind<TimeSpan>.time(to: 60, excludingLowest: true)
}

extension ValueKind where Value == TimeSpan {
    /// In seconds: netem cuts a jitter to 31 bits of nanoseconds and says nothing.
    static let kernelsLongestJitter = 2.147483647

    static let jitter = ValueKind.time(to: kernelsLongestJitter)
}

extension ValueKind where Value == ChanceDraft {
    static let chance = kind(ChanceKeys.shape)
    static let reordering = kind(ChanceKeys.reordering)

    private static func kind(_ mapping: MappingShape) -> ValueKind {
        ValueKind(shape: .either([ValueKind<Probability>.ratio.shape, .mapping(mapping)])) { item in
            guard item.node.entries != nil else {
                return ValueKind<Probability>.ratio.read(item).map { ChanceDraft(chance: Chance($0)) }
            }
            guard let fields = Fields(item, mapping), let share = fields(ChanceKeys.share) else { return nil }
            let correlation = fields.located(ChanceKeys.correlation)
            let gap = mapping.keys.contains { $0.name == ChanceKeys.gap.name } ? fields(ChanceKeys.gap) : nil
            guard fields.broken.isEmpty else { return nil }
            return ChanceDraft(
                chance: Chance(share, correlation: correlation?.value ?? .zero), gap: gap ?? 1,
                correlation: correlation?.mark)
        }
    }
}

extension ValueKind where Value == SlotsDraft {
    static let slots = ValueKind(shape: .either([.words(["none"]), .mapping(SlotKeys.shape)])) { item in
        guard item.node.entries != nil else {
            return ValueKind<String>.word(["none"]).read(item).map { _ in SlotsDraft(slots: nil) }
        }
        guard let fields = Fields(item, SlotKeys.shape) else { return nil }
        let spacing = Slots.Spacing(fields, item)
        let (packets, bytes) = (fields(SlotKeys.packets), fields(SlotKeys.bytes))
        guard fields.broken.isEmpty else { return nil }
        return spacing.map { SlotsDraft(slots: Slots($0, packets: packets, bytes: bytes)) }
    }
}

extension Slots.Spacing {
    fileprivate init?(_ fields: Fields, _ item: Item) {
        let (least, most) = (fields.located(SlotKeys.min), fields.located(SlotKeys.max))
        let (mean, jitter) = (fields.located(SlotKeys.mean), fields.located(SlotKeys.jitter))
        let distribution = fields.located(SlotKeys.distribution)
        guard fields.broken.isEmpty else { return nil }
        switch (least, mean) {
        case (let least?, nil):
            if let stray = jitter?.mark ?? distribution?.mark {
                item.reading.error(
                    "'min' and 'max' have no spread beside them", at: stray, hint: "write 'mean' instead")
            }
            if let most, most.value < least.value {
                item.reading.error(
                    "max \(UnitText.time(most.value)) is less than min \(UnitText.time(least.value))", at: most.mark)
            }
            self = .between(least.value, most?.value ?? least.value)
        case (nil, let mean?):
            if let most { item.reading.error("'max' belongs to 'min'", at: most.mark, hint: "leave it out") }
            guard let jitter, jitter.value > .zero else {
                item.error("slot with a mean needs a jitter", hint: "for slots at equal times write 'min' alone")
                return nil
            }
            self = .distributed(distribution?.value ?? .normal, mean: mean.value, jitter: jitter.value)
        default:
            item.error("slot needs either 'min' or 'mean'", hint: "write 'min: 20ms'")
            return nil
        }
    }
}
