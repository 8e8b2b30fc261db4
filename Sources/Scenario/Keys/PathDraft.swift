import LabModel
import YAML

/// What befalls a share of the packets, as it was written.
struct ChanceDraft: Sendable {
    let chance: Chance
    /// Of reordering.
    var gap = 1
    /// Where a correlation was written.
    var correlation: Mark?

    /// `nil` where it befalls none.
    var value: Chance? { chance.share > .zero ? chance : nil }
}

/// Slots as they were written; `nil` says that there are none.
struct SlotsDraft: Sendable {
    let slots: Slots?
}

/// A path as far as it was written.
struct PathDraft: Sendable {
    var distribution: Located<DelayDistribution>?
    var correlation: Located<Probability>?
    var raw: Located<Bool>?
    var reorder: Located<ChanceDraft>?
    var duplicate: Located<ChanceDraft>?
    var corrupt: Located<ChanceDraft>?
    var slots: Located<SlotsDraft>?

    init() {}

    init(_ fields: Fields) {
        distribution = fields.located(PathKeys.distribution)
        correlation = fields.located(PathKeys.correlation)
        raw = fields.located(PathKeys.raw)
        reorder = fields.located(PathKeys.reorder)
        duplicate = fields.located(PathKeys.duplicate)
        corrupt = fields.located(PathKeys.corrupt)
        slots = fields.located(PathKeys.slot)
    }

    /// This one, with what `other` says in place of what it says.
    func overlaid(by other: PathDraft) -> PathDraft {
        var result = self
        result.distribution = other.distribution ?? distribution
        result.correlation = other.correlation ?? correlation
        result.raw = other.raw ?? raw
        result.reorder = other.reorder ?? reorder
        result.duplicate = other.duplicate ?? duplicate
        result.corrupt = other.corrupt ?? corrupt
        result.slots = other.slots ?? slots
        return result
    }

    /// Whether no delay is less than the mean by more than the jitter.
    var hasLeastDelay: Bool { (distribution?.value ?? .uniform) == .uniform }

    /// With the defaults for what nothing says.
    func total(marks: Bool) -> PathImpairment {
        PathImpairment(
            distribution: distribution?.value ?? .uniform, correlation: correlation?.value ?? .zero,
            raw: raw?.value ?? false,
            reorder: reorder.flatMap { draft in draft.value.value.map { Reordering($0, gap: draft.value.gap) } },
            duplicate: duplicate?.value.value, corrupt: corrupt?.value.value, slots: slots?.value.slots, marks: marks)
    }
}

extension ImpairmentDraft {
    /// Reports settings of the path that contradict each other or that the kernel would not do as written.
    func checkPath(_ reading: Reading) {
        checkCorrelations(reading)
        if !isBroken(ImpairmentKeys.jitter) { checkSpread(reading) }
        if let reorder = path.reorder, reorder.value.value != nil, !isBroken(ImpairmentKeys.delay),
            (delay?.value ?? .zero) == .zero
        {
            reading.error(
                "reorder does nothing without a delay", at: reorder.mark,
                hint: "a packet overtakes by leaving out the delay: give the direction one")
        }
    }

    private func checkCorrelations(_ reading: Reading) {
        guard path.raw?.value != true, !isBroken(PathKeys.raw) else { return }
        let marks = [
            path.correlation.flatMap { $0.value > .zero ? $0.mark : nil }, loss?.value.correlation,
            path.reorder?.value.correlation, path.duplicate?.value.correlation, path.corrupt?.value.correlation,
        ].compactMap(\.self)
        for mark in marks {
            reading.error(
                "a correlation needs 'raw: true'", at: mark,
                hint:
                    "the kernel's correlation changes the share itself: with raw, 'netlab plan' shows what comes of it")
        }
    }

    /// The least delay that comes of the jitter; netem sends a packet whose delay is negative at once.
    private func checkSpread(_ reading: Reading) {
        guard let jitter, jitter.value > .zero else {
            for stray in [path.distribution?.mark, path.correlation?.mark].compactMap(\.self) {
                reading.warning("it does nothing without a jitter", at: stray, hint: "give the direction a jitter")
            }
            return
        }
        let distribution = path.distribution?.value ?? .uniform
        guard distribution != .uniform, !isBroken(ImpairmentKeys.delay) else { return }
        let room = (delay?.value ?? .zero).seconds / jitter.value.seconds * Double(DistributionTable.scale)
        let values = distribution.table.values
        let negative = Double(values.count { Double($0) < -room }) / Double(values.count)
        // The farthest tail is a matter of the table's size.
        guard negative >= 0.001 else { return }
        reading.warning(
            "\(UnitText.ratio((negative * 1e4).rounded() / 1e4)) of the packets should have a delay below zero, and have none",
            at: jitter.mark, hint: "make the delay greater, or the jitter smaller")
    }
}
