/// A figure that a run does not have, and why.
package struct Absence: Codable, Hashable, Sendable {
    /// The name of a metric, or the beginning of several: `rtp` is also `rtp.video.loss`.
    package var figure: String
    /// Completes "absent because".
    package var because: String

    package init(_ figure: String, because: String) {
        self.figure = figure
        self.because = because
    }

    package func explains(_ metric: String) -> Bool { metric == figure || metric.hasPrefix(figure + ".") }
}

extension RunResult {
    /// Why `metric` has no value in this run, where that is known.
    package func reasonAbsent(_ metric: String) -> String? {
        absences.first { $0.explains(metric) }?.because
    }
}

extension KeyedDecodingContainer {
    /// What the compiler's decoding of a result calls: one of an earlier version says nothing of it.
    package func decode(_ type: [Absence].Type, forKey key: Key) throws -> [Absence] {
        try decodeIfPresent(type, forKey: key) ?? []
    }
}
