/// The straight line of least squares through points.
struct Line {
    let slope: Double
    private let mean: (x: Double, y: Double)

    /// `nil` where no line is the best one.
    init?(_ points: [(x: Double, y: Double)]) {
        guard points.count >= 3 else { return nil }
        let count = Double(points.count)
        let (x, y) = (points.reduce(0) { $0 + $1.x } / count, points.reduce(0) { $0 + $1.y } / count)
        let squares = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        guard squares > 0 else { return nil }
        slope = points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / squares
        mean = (x, y)
    }

    func value(at x: Double) -> Double { mean.y + slope * (x - mean.x) }
}
