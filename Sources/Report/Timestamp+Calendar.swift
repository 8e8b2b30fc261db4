import FoundationEssentials
import LabModel

extension Timestamp {
    private var date: Date { Date(timeIntervalSince1970: Double(nanoseconds) / 1e9) }

    /// As ISO 8601 to the second, in UTC.
    var iso8601: String { date.formatted(.iso8601) }

    /// As people write it: `2026-01-31 12:00:00 UTC`.
    var calendar: String {
        iso8601.replacing("T", with: " ").replacing("Z", with: " UTC")
    }
}
