internal import LabModel

/// What had come by certain moments of a throughput test, and the rates that follow from it.
struct TrafficSamples: Sendable {
    /// What had come until one moment.
    struct Sample: Hashable, Sendable {
        /// Since the test's start.
        var time: TimeSpan
        /// At the Ethernet layer.
        var ethernet: ByteCount
        /// What the receiving program got.
        var payload: ByteCount
    }

    /// How much of the test is left out at its start: a quarter of it, one second at most. By then slow start and the
    /// shaper's first burst are over.
    static func lead(of duration: TimeSpan) -> TimeSpan {
        min(.seconds(1), TimeSpan(nanoseconds: duration.nanoseconds / 4))
    }

    private var samples: [Sample] = []

    /// Adds a sample, later than the ones before it.
    mutating func append(_ sample: Sample) {
        samples.append(sample)
    }

    /// The Ethernet and payload rates of the steady part: from the first sample after the lead to the last one before
    /// the sender's end. nil where less than two samples lie there.
    func steadyRates(of duration: TimeSpan) -> (ethernet: Rate, payload: Rate)? {
        let lead = Self.lead(of: duration)
        guard let first = samples.first(where: { $0.time >= lead }),
            let last = samples.last(where: { $0.time <= duration }), last.time > first.time
        else { return nil }
        let seconds = (last.time - first.time).seconds
        func rate(_ size: (Sample) -> ByteCount) -> Rate {
            Rate(bitsPerSecond: Int64((Double(size(last).bytes - size(first).bytes) * 8 / seconds).rounded()))
        }
        return (rate(\.ethernet), rate(\.payload))
    }
}
