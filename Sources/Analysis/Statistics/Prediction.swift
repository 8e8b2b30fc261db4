/// A figure, beside what simulations of the same thing say of it.
struct Prediction {
    var measured: Double
    /// The simulations' mean.
    var predicted: Double
    /// What chance alone does to the figure: one standard deviation.
    var deviation: Double
    /// The greatest difference that chance explains: four standard deviations, and no less than `least`.
    var tolerance: Double
    private let least: Double

    /// - Parameters:
    ///   - replicas: the figure in each simulation; two or more.
    ///   - least: the figure's own error.
    init(measured: Double, replicas: [Double], least: Double) {
        let mean = replicas.reduce(0, +) / Double(replicas.count)
        let variance = replicas.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(replicas.count - 1)
        self.measured = measured
        self.least = least
        predicted = mean
        deviation = variance.squareRoot()
        tolerance = max(least, 4 * deviation)
    }

    /// The same, of simulations of fewer packets: `scale` is how much less chance does to the measured figure.
    func scaled(_ scale: Double) -> Prediction {
        var result = self
        result.deviation = deviation * scale
        // The simulations' own mean varies too.
        result.tolerance = max(
            least, 4 * (result.deviation * result.deviation + deviation * deviation / 32).squareRoot())
        return result
    }

    /// 95 % of what chance makes of the measured figure.
    var interval: ClosedRange<Double> { measured - 1.96 * deviation...measured + 1.96 * deviation }
}
