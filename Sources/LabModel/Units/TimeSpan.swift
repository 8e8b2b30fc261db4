/// A length of time in nanoseconds; negative when something came early.
package struct TimeSpan: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Rounds to the nearest nanosecond; beyond 73 years it is 73 years, and no number is none.
    package init(seconds: Double) {
        let limit = 0x1p61
        let exact = (seconds * 1e9).rounded()
        nanoseconds = exact.isNaN ? 0 : Int64(min(max(exact, -limit), limit))
    }

    package static let zero = TimeSpan(nanoseconds: 0)

    package static func seconds(_ value: Double) -> TimeSpan { TimeSpan(seconds: value) }

    package static func milliseconds(_ value: Double) -> TimeSpan { TimeSpan(seconds: value / 1e3) }

    package static func microseconds(_ value: Double) -> TimeSpan { TimeSpan(seconds: value / 1e6) }

    package var seconds: Double { Double(nanoseconds) / 1e9 }

    package var milliseconds: Double { Double(nanoseconds) / 1e6 }

    package static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    package static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
}

/// A time span is a number of seconds in JSON.
extension TimeSpan: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(seconds: try decoder.singleValueContainer().decode(Double.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}
