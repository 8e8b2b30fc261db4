package import LabModel

/// What a profile says of one direction. What it leaves out has its default, or stays as it was.
package struct LinkSettings: Sendable, Equatable {
    package var rate: Rate?
    package var queue: QueueLimit?
    package var delay: TimeSpan?
    package var jitter: TimeSpan?
    package var distribution: DelayDistribution?
    package var loss: LossModel?

    init(
        rate: Rate? = nil, queue: QueueLimit? = nil, delay: TimeSpan? = nil, jitter: TimeSpan? = nil,
        distribution: DelayDistribution? = nil, loss: LossModel? = nil
    ) {
        self.rate = rate
        self.queue = queue
        self.delay = delay
        self.jitter = jitter
        self.distribution = distribution
        self.loss = loss
    }

    /// This one, with what `other` says in place of what it says.
    func overlaid(by other: LinkSettings) -> LinkSettings {
        LinkSettings(
            rate: other.rate ?? rate, queue: other.queue ?? queue, delay: other.delay ?? delay,
            jitter: other.jitter ?? jitter, distribution: other.distribution ?? distribution,
            loss: other.loss ?? loss)
    }

    /// Each setting that it says, as the key of a scenario and its value.
    package var settings: [(key: String, value: String)] {
        let all: [(String, String?)] = [
            ("rate", rate.map(UnitText.rate)), ("delay", delay.map(UnitText.time)),
            ("jitter", jitter.map(UnitText.time)), ("distribution", distribution?.name),
            ("loss", loss.map { UnitText.ratio($0.meanLoss.value) }), ("queue", queue.map(\.setting)),
        ]
        return all.compactMap { key, value in value.map { (key: key, value: $0) } }
    }
}
