import Glibc

/// Round places on an axis: steps of 1, 2 or 5 times a power of ten.
enum AxisTicks {
    /// About `count` of them, all within the range, which is not empty.
    static func between(_ low: Double, _ high: Double, about count: Int) -> [Double] {
        let rough = (high - low) / Double(max(1, count))
        guard rough > 0, rough.isFinite else { return [low] }
        let power = pow(10, floor(log10(rough)))
        let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.7 } ?? rough
        let first = Int((low / step - 1e-9).rounded(.up))
        let last = Int((high / step + 1e-9).rounded(.down))
        return first <= last ? (first...last).map { Double($0) * step } : []
    }
}
