internal import Glibc

/// How jitter spreads the delay around its mean.
package enum DelayDistribution: Codable, Hashable, Sendable {
    /// From delay - jitter to delay + jitter, each as likely.
    case uniform
    /// The jitter is the standard deviation.
    case normal
    /// Pareto's with shape 3: most packets early, a few very late.
    case pareto
    /// A quarter of the normal one and three quarters of Pareto's.
    case paretonormal
    case table(DistributionTable)

    /// As a scenario and `tc` name it.
    package var name: String {
        switch self {
        case .uniform: "uniform"
        case .normal: "normal"
        case .pareto: "pareto"
        case .paretonormal: "paretonormal"
        case .table(let table): table.name
        }
    }

    /// What netem draws from.
    package var table: DistributionTable {
        switch self {
        case .uniform: .uniform
        case .normal: .normal
        case .pareto: .pareto
        case .paretonormal: .paretonormal
        case .table(let table): table
        }
    }
}

/// A delay's inverse distribution function as netem keeps it: a random number picks one of `values`, each the distance
/// from the mean in 8192ths of the jitter (`NETEM_DIST_SCALE` of <linux/pkt_sched.h>).
package struct DistributionTable: Codable, Hashable, Sendable {
    /// How people call it, such as the file that it came from.
    package var name: String
    package var values: [Int16]

    package init(name: String, values: [Int16]) {
        self.name = name
        self.values = values
    }

    /// How many values a table may have (`NETEM_DIST_MAX`).
    package static let sizes = 1...16384
    package static let scale = 8192

    /// The lowest and the highest value, in jitters.
    package var range: ClosedRange<Double> {
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        return Double(least) / Double(Self.scale)...Double(most) / Double(Self.scale)
    }

    /// As many as the tables of iproute2 have.
    private static let steps = 4096

    /// Of a quantile function in units of the jitter.
    private init(name: String, quantile: (Double) -> Double) {
        self.name = name
        values = (0..<Self.steps).map { step in
            let value = (quantile(Double(step) / Double(Self.steps)) * Double(Self.scale)).rounded()
            return Int16(min(max(value, -32768), 32767))
        }
    }

    package static let uniform = DistributionTable(name: "uniform") { 2 * $0 - 1 }
    package static let normal = DistributionTable(name: "normal", quantile: normalQuantile)
    package static let pareto = DistributionTable(name: "pareto", quantile: paretoQuantile)
    package static let paretonormal = DistributionTable(name: "paretonormal") {
        max(normalQuantile($0), -4) / 4 + min(paretoQuantile($0), 4) * 3 / 4
    }

    /// Centred and scaled as iproute2's table: 4/3 stands for 1/0.87, the deviation of Pareto's with shape 3.
    private static func paretoQuantile(_ share: Double) -> Double {
        (1 / cbrt(1 - share) - 1.5) * 4 / 3
    }

    /// By Newton's method on the distribution function, which `erfc` gives; minus infinity at 0.
    private static func normalQuantile(_ share: Double) -> Double {
        guard share > 0 else { return -.infinity }
        var value = 0.0
        for _ in 0..<100 {
            let density = exp(-value * value / 2) / (2 * Double.pi).squareRoot()
            let step = (erfc(-value / 2.0.squareRoot()) / 2 - share) / density
            // Far out the density is so small that a whole step would leave the other side.
            value -= min(max(step, -0.5), 0.5)
            if abs(step) < 1e-9 { break }
        }
        return value
    }
}
