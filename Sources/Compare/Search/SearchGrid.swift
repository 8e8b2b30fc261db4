package import LabModel

/// The values that a search may try: whole multiples of its precision, from one end of the range to the other.
package struct SearchGrid: Sendable {
    package let steps: Int
    private let from: Double
    private let to: Double
    /// The distance of two neighbours; the last two may be nearer.
    package let precision: Double
    private let written: @Sendable (Double) -> SettingValue

    /// More steps would be a precision that no search needs.
    package static let mostSteps = 1_000_000
    /// Where nobody asks for a precision.
    package static let usualSteps = 64

    /// - Parameters:
    ///   - from: the first value, in the base unit, and `to` the last; either may be the greater one.
    ///   - precision: the distance of two values; more than zero, and no more than `mostSteps` times in the range.
    ///   - written: the nearest value that can be written.
    package init(
        from: Double, to: Double, precision: Double, written: @escaping @Sendable (Double) -> SettingValue
    ) {
        (self.from, self.to, self.precision, self.written) = (from, to, precision, written)
        // A quotient such as 40.000000000000001 is 40 steps.
        steps = max(1, Int(((to - from).magnitude / precision - 1e-6).rounded(.up)))
    }

    /// The value at a place of the grid, from 0 to `steps`; a place between two whole ones is between their values.
    package func value(at place: Double) -> SettingValue {
        if place <= 0 { return written(from) }
        if place >= Double(steps) { return written(to) }
        return written(from + (to > from ? precision : -precision) * place)
    }
}
