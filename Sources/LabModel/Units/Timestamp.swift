/// A moment in nanoseconds since the Unix epoch, on the clock of the kernel that the lab runs in.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

    package static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
        TimeSpan(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    package static func + (left: Timestamp, right: TimeSpan) -> Timestamp {
        Timestamp(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    package static func - (left: Timestamp, right: TimeSpan) -> Timestamp {
        Timestamp(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
}

/// A moment is a whole number of nanoseconds in JSON.
extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }
}
