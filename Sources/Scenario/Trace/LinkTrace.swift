import LabModel
import YAML

/// A recorded link, as steps.
struct LinkTrace: Sendable {
    struct Step: Sendable, Hashable {
        /// Since the trace's start.
        var at: TimeSpan
        var rate: Rate
        var delay: TimeSpan?
        var loss: Probability?
    }

    /// The file's.
    let name: String
    /// In the order of time, the first at zero; at least one.
    let steps: [Step]
    /// After which it begins again; `nil` where its one step holds for ever.
    let length: TimeSpan?

    var first: Step { steps[0] }

    var hasDelay: Bool { first.delay != nil }

    var hasLoss: Bool { first.loss != nil }

    /// Over its length.
    var meanRate: Rate {
        guard let length else { return first.rate }
        let ends = steps.dropFirst().map(\.at) + [length]
        let bits = zip(steps, ends).reduce(0.0) { $0 + Double($1.0.rate.bitsPerSecond) * ($1.1 - $1.0.at).seconds }
        return Rate(bitsPerSecond: Int64((bits / length.seconds).rounded()))
    }
}

extension ImpairmentDraft {
    /// What a step says, as if it were written where the trace is named.
    init(_ step: LinkTrace.Step, at mark: Mark) {
        rate = Located(value: step.rate, mark: mark)
        delay = step.delay.map { Located(value: $0, mark: mark) }
        loss = step.loss.map { share in
            let model: LossModel = share == .zero ? .none : .independent(share)
            return Located(value: LossDraft(model: model, correlation: nil, marking: nil), mark: mark)
        }
    }

    /// Reports what its trace says already.
    func checkTrace(_ reading: Reading) {
        if let trace { checkMoved(by: trace.value, reading) }
    }

    /// Has htb keep the rate, which keeps its tokens when it is changed: tbf fills its bucket each time, and so lets more
    /// pass than was asked. Reports where tbf was asked for.
    mutating func follow(_ course: String, _ reading: Reading) {
        usualShaper = .htb
        guard let shaper, shaper.value == .tbf else { return }
        reading.error(
            "tbf cannot follow \(course): each change fills its bucket", at: shaper.mark, hint: "leave 'shaper' out")
    }

    /// Reports what `trace` says already.
    func checkMoved(by trace: LinkTrace, _ reading: Reading) {
        let moved: [(Bool, Mark?)] = [
            (true, rate?.mark), (trace.hasDelay, delay?.mark), (trace.hasLoss, loss?.mark),
        ]
        for case (true, let mark?) in moved {
            reading.error("the trace \(trace.name) says what this is", at: mark, hint: "leave one of them out")
        }
    }

    /// With its trace's first step, and a queue for the trace's mean rate: one that changed its size with every step would
    /// be none that a link has.
    var traced: ImpairmentDraft {
        guard let trace else { return self }
        var result = overlaid(by: ImpairmentDraft(trace.value.first, at: trace.mark))
        let rate = trace.value.meanRate
        var discipline = queue?.value.discipline(rate) ?? Impairment.clean.queue
        if case .fifo(.time(let span)) = discipline {
            discipline = .bytes(max(rate.bytes(in: span), ByteCount(4 * ByteCount.largestFrame.bytes)))
        }
        let settled = discipline
        var draft = QueueDraft(discipline: { _ in settled })
        if let queue { draft.check = queue.value.check }
        result.queue = Located(value: draft, mark: queue?.mark ?? trace.mark)
        return result
    }
}
