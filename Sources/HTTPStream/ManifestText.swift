internal import LabModel

/// Numbers and moments as manifests write them.
enum ManifestText {
    /// Seconds with five decimals, more than any frame's length needs.
    static func seconds(_ span: TimeSpan) -> String {
        let units = (span.nanoseconds + 5_000) / 10_000
        let fraction = String(units % 100_000)
        return "\(units / 100_000)." + String(repeating: "0", count: 5 - fraction.count) + fraction
    }

    /// Seconds without needless zeros: `2`, `0.2`.
    static func brief(_ span: TimeSpan) -> String {
        var text = seconds(span)
        while text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// RFC 3339 in UTC with milliseconds: `2000-01-01T00:00:00.000Z`.
    static func moment(_ time: Timestamp) -> String {
        let milliseconds = time.nanoseconds / 1_000_000
        let (days, rest) = (milliseconds / 86_400_000, milliseconds % 86_400_000)
        let (year, month, day) = date(days)
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map { padded($0, 2) }
        return
            "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock.joined(separator: ":")).\(padded(rest % 1000, 3))Z"
    }

    /// The civil date of a day since 1970-01-01. Years begin in March here, so that a leap day is the last of its year.
    private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// `30` or `29.970`, with as many decimals as are asked for.
    static func rate(_ framesPerSecond: Double, decimals: Int) -> String {
        let scale = decimals == 0 ? 1.0 : 1000.0
        let value = Int64((framesPerSecond * scale).rounded())
        return decimals == 0 ? String(value) : "\(value / 1000).\(padded(value % 1000, 3))"
    }
}
