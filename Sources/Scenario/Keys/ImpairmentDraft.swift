import LabModel
import YAML

/// An impairment as far as it was written; what is left out comes from what it is laid over.
struct ImpairmentDraft: Sendable {
    var rate: Located<Rate>?
    var shaper: Located<Shaper>?
    var queue: Located<QueueDraft>?
    var delay: Located<TimeSpan>?
    var jitter: Located<TimeSpan>?
    var loss: Located<LossDraft>?
    var path = PathDraft()
    var match: Located<PacketMatch>?
    var drop: Located<DropDraft>?
    /// On the timeline only.
    var down: Located<Outage>?
    /// Of the link only.
    var trace: Located<LinkTrace>?
    /// What keeps the rate where nothing says so.
    var usualShaper = Shaper.tbf
    /// Keys that were written but wrong, so that nothing that depends on them can be judged.
    var broken: Set<String> = []

    /// This one, with what `other` says in place of what it says.
    func overlaid(by other: ImpairmentDraft?) -> ImpairmentDraft {
        guard let other else { return self }
        return ImpairmentDraft(
            rate: other.rate ?? rate, shaper: other.shaper ?? shaper, queue: other.queue ?? queue,
            delay: other.delay ?? delay, jitter: other.jitter ?? jitter, loss: other.loss ?? loss,
            path: path.overlaid(by: other.path), match: other.match ?? match, drop: other.drop ?? drop,
            down: other.down ?? down, trace: other.trace ?? trace, usualShaper: usualShaper,
            broken: other.broken.union(broken))
    }

    /// With the defaults for what nothing says.
    var total: Impairment {
        var result = Impairment.clean
        result.rate = rate?.value
        result.shaper = shaper?.value ?? usualShaper
        result.queue = queue?.value.discipline(rate?.value) ?? defaultQueue
        result.delay = delay?.value ?? result.delay
        result.jitter = jitter?.value ?? result.jitter
        result.loss = loss?.value.model ?? result.loss
        result.path = path.total(marks: loss?.value.marking != nil)
        result.match = match?.value
        result.drop = drop?.value.list(within: match?.value)
        down?.value.take(place: &result)
        return result
    }

    /// 100 ms, but at least four packets: a slow link with less could not even hold one.
    private var defaultQueue: QueueDiscipline {
        let usual = Impairment.clean.queue
        guard let rate = rate?.value, case .fifo(.time(let span)) = usual else { return usual }
        let least = ByteCount(4 * ByteCount.largestFrame.bytes)
        return rate.bytes(in: span) < least ? .bytes(least) : usual
    }

    func isBroken<Value>(_ key: Key<Value>) -> Bool { broken.contains(key.name) }

    /// Reports settings that contradict each other.
    func check(_ reading: Reading) {
        if let queue, !isBroken(ImpairmentKeys.rate), !isBroken(TracedKeys.trace) { check(queue, reading) }
        checkPath(reading)
        if let drop, drop.value.every != nil, path.duplicate?.value.value != nil {
            reading.error(
                "'every' would count what 'duplicate' makes", at: drop.mark,
                hint: "a copy goes to the filters once more: list places instead, or leave 'duplicate' out")
        }
        if let jitter, jitter.value > (delay?.value ?? .zero), path.hasLeastDelay, !isBroken(ImpairmentKeys.delay) {
            let delay = UnitText.time(delay?.value ?? .zero)
            reading.error(
                "jitter \(UnitText.time(jitter.value)) is more than the delay of \(delay)", at: jitter.mark,
                hint: "no packet can arrive before it was sent: make the delay at least as great")
        }
    }
}

extension ImpairmentDraft {
    /// Of a profile: every setting stands where the profile is named.
    init(_ settings: LinkSettings, at mark: Mark) {
        rate = settings.rate.map { Located(value: $0, mark: mark) }
        queue = settings.queue.map { limit in
            Located(value: QueueDraft(discipline: { _ in .fifo(limit) }), mark: mark)
        }
        delay = settings.delay.map { Located(value: $0, mark: mark) }
        jitter = settings.jitter.map { Located(value: $0, mark: mark) }
        loss = settings.loss.map {
            Located(value: LossDraft(model: $0, correlation: nil, marking: nil), mark: mark)
        }
        path.distribution = settings.distribution.map { Located(value: $0, mark: mark) }
    }
}

extension ValueKind where Value == ImpairmentDraft {
    static let impairment = ValueKind(shape: .mapping(ImpairmentKeys.shape)) { item in
        Fields(item, ImpairmentKeys.shape).map(ImpairmentDraft.init)
    }
}

extension ImpairmentDraft {
    /// What every impairment can say.
    init(_ fields: Fields) {
        rate = fields.located(ImpairmentKeys.rate)
        shaper = fields.located(ImpairmentKeys.shaper)
        queue = fields.located(ImpairmentKeys.queue)
        delay = fields.located(ImpairmentKeys.delay)
        jitter = fields.located(ImpairmentKeys.jitter)
        loss = fields.located(ImpairmentKeys.loss)
        path = PathDraft(fields)
        match = fields.located(ImpairmentKeys.match)
        drop = fields.located(ImpairmentKeys.drop)
        broken = fields.broken
    }
}
