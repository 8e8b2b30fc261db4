import LabModel
import YAML

/// A queue as it was written. A limit in time is one of as many packets or bytes as the rate sends in it, and so waits
/// for the rate to be known.
struct QueueDraft: Sendable {
    /// What it is at a rate.
    let discipline: @Sendable (Rate?) -> QueueDiscipline
    /// Reports what contradicts itself at a rate.
    var check: @Sendable (Rate?, Reading) -> Void = { _, _ in }

    /// What it was at the rate it was written for. A first-in-first-out queue stays as long in time as it was; any other
    /// keeps its limit, because making that smaller drops what is queued.
    func settled(at rate: Rate?) -> QueueDraft {
        let settled = discipline(rate)
        return settled.isPassive ? self : QueueDraft(discipline: { _ in settled })
    }
}

extension ImpairmentDraft {
    /// With the queue made for the rate as it is here, whatever becomes of that.
    var settled: ImpairmentDraft {
        var settled = self
        settled.queue = queue.map { Located(value: $0.value.settled(at: rate?.value), mark: $0.mark) }
        return settled
    }

    /// Reports what makes no sense of a queue at the direction's rate.
    func check(_ queue: Located<QueueDraft>, _ reading: Reading) {
        let discipline = queue.value.discipline(rate?.value)
        if discipline.shapes, let shaper {
            reading.error(
                "\(discipline.kind) keeps the rate itself", at: shaper.mark, hint: "leave 'shaper' out")
        }
        guard let rate else {
            reading.warning("queue does nothing without a rate", at: queue.mark, hint: "give the direction a rate")
            return
        }
        queue.value.check(rate.value, reading)
        let impairment = Impairment(rate: rate.value, queue: discipline)
        guard let held = impairment.queueBytes, held < ByteCount.largestFrame else { return }
        let atRate =
            if case .fifo(.time(let span)) = discipline {
                "queue \(UnitText.time(span)) at \(UnitText.rate(rate.value)) holds \(held.bytes) bytes"
            } else { "queue holds \(held.bytes) bytes" }
        let least = rate.value.time(for: ByteCount.largestFrame).map { UnitText.time($0.roundedUpToMilliseconds) }
        reading.error(
            "\(atRate), less than one packet of \(ByteCount.largestFrame.bytes)", at: queue.mark,
            hint: least.map { "at this rate one packet takes \($0)" })
    }
}

extension TimeSpan {
    fileprivate var roundedUpToMilliseconds: TimeSpan {
        TimeSpan(nanoseconds: (nanoseconds + 999_999) / 1_000_000 * 1_000_000)
    }
}
