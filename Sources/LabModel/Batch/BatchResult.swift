/// Runs held against each other, contender by condition: `result.json` of a batch.
package struct BatchResult: Codable, Sendable {
    /// Raised on an incompatible change; a reader refuses newer ones.
    package static let currentVersion = 1

    package var version = currentVersion
    package var netlabVersion: String
    package var name: String
    package var description: String?
    /// What is compared, each as a table's row names it: a protocol, with what else of the pipeline tells it apart.
    package var contenders: [String] = []
    package var conditions: [BatchCondition] = []
    /// What each cell has a value of, in their order.
    package var figures: [BatchFigure] = []
    /// Condition by condition, and in each contender by contender; a pair that no run was made of has none.
    package var cells: [BatchCell] = []
    package var findings: [BatchFinding] = []
    /// The settings that all runs share.
    package var common: [VariantSetting] = []
    /// What keeps the runs from being compared, or some of them from counting.
    package var warnings: [String] = []

    package init(netlabVersion: String, name: String, description: String? = nil) {
        self.netlabVersion = netlabVersion
        self.name = name
        self.description = description
    }

    /// The cells of one condition, contender by contender.
    package func cells(of condition: Int) -> [BatchCell] { cells.filter { $0.condition == condition } }

    package func cell(_ contender: Int, _ condition: Int) -> BatchCell? {
        cells.first { $0.contender == contender && $0.condition == condition }
    }

    package func index(of metric: String) -> Int? { figures.firstIndex { $0.metric == metric } }
}

/// What runs were made under: a link with its timeline, and all else that is not the pipeline's.
package struct BatchCondition: Codable, Hashable, Sendable {
    package var name: String
    /// Nothing on the link loses packets, and nothing of it changes.
    package var isClean: Bool
    /// When nothing passed the downlink, since the stream's start.
    package var outages: [BatchStretch]

    package init(_ name: String, isClean: Bool = false, outages: [BatchStretch] = []) {
        (self.name, self.isClean, self.outages) = (name, isClean, outages)
    }
}

/// A stretch of the stream's time.
package struct BatchStretch: Codable, Hashable, Sendable {
    package var from: TimeSpan
    package var to: TimeSpan

    package init(from: TimeSpan, to: TimeSpan) {
        (self.from, self.to) = (from, to)
    }
}

/// A figure of which every cell has a value, or the reason why it has none.
package struct BatchFigure: Codable, Hashable, Sendable {
    /// Its name among `Metric`s.
    package var metric: String
    /// As a column is headed.
    package var title: String
    package var quantity: Quantity
    /// Whether less of it is better; else it says what the link did.
    package var ranks: Bool

    package init(metric: String, title: String, quantity: Quantity, ranks: Bool = true) {
        (self.metric, self.title, self.quantity, self.ranks) = (metric, title, quantity, ranks)
    }
}

/// A sentence that the numbers show.
package struct BatchFinding: Codable, Hashable, Sendable {
    /// Of the condition that it is about; absent where it is about all.
    package var condition: Int?
    package var sentence: String
    /// What comes first weighs most.
    package var weight: Double

    package init(condition: Int? = nil, _ sentence: String, weight: Double) {
        (self.condition, self.sentence, self.weight) = (condition, sentence, weight)
    }
}
