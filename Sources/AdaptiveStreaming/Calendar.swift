internal import LabModel

extension Timestamp {
    /// A date and time of ISO 8601, as `EXT-X-PROGRAM-DATE-TIME` and MPDs have it (`2026-11-21T20:15:00.250Z`); without
    /// an offset it is UTC. Nil for anything else.
    init?(iso8601 text: some StringProtocol) {
        let halves = text.split(separator: "T", maxSplits: 1)
        guard halves.count == 2 else { return nil }
        let date = halves[0].split(separator: "-").compactMap { Int64($0) }
        guard date.count == 3, (1...9999).contains(date[0]), (1...12).contains(date[1]), (1...31).contains(date[2]),
            let (time, offset) = Self.clock(halves[1])
        else { return nil }
        let days = Self.days(year: date[0], month: date[1], day: date[2])
        self.init(nanoseconds: (days * 86400 - offset) * 1_000_000_000 + time)
    }

    /// Nanoseconds of the day, and the seconds that the zone is ahead of UTC.
    private static func clock(_ text: some StringProtocol) -> (time: Int64, offset: Int64)? {
        let end = text.firstIndex { "Z+-".contains($0) } ?? text.endIndex
        let parts = text[..<end].split(separator: ":")
        guard parts.count == 3, let hours = Int64(parts[0]), let minutes = Int64(parts[1]),
            let seconds = Double(parts[2]), (0...24).contains(hours), (0..<60).contains(minutes),
            (0..<61).contains(seconds), let offset = offset(text[end...])
        else { return nil }
        return ((hours * 3600 + minutes * 60) * 1_000_000_000 + Int64((seconds * 1e9).rounded()), offset)
    }

    private static func offset(_ text: some StringProtocol) -> Int64? {
        if text.isEmpty || text == "Z" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard let number = Int64(String(digits)), digits.count == 4 || digits.count == 2 else { return nil }
        let seconds = digits.count == 4 ? number / 100 * 3600 + number % 100 * 60 : number * 3600
        return text.first == "-" ? -seconds : seconds
    }

    /// Since 1970-01-01, by the proleptic Gregorian calendar, counted from March so that leap days come last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }
}

extension TimeSpan {
    /// A duration of ISO 8601 in days and less (`PT1H2M3.5S`), as MPDs have it: years and months have no fixed length.
    init?(iso8601 text: String) {
        guard text.hasPrefix("P") else { return nil }
        var seconds = 0.0
        var units: [Character: Double] = ["D": 86400]
        var number = ""
        for character in text.dropFirst() {
            if character == "T" {
                guard number.isEmpty else { return nil }
                units = ["H": 3600, "M": 60, "S": 1]
            } else if let unit = units[character] {
                guard let value = Double(number) else { return nil }
                seconds += value * unit
                number = ""
            } else {
                number.append(character)
            }
        }
        guard number.isEmpty, text.last?.isLetter == true, text.count > 2 else { return nil }
        self.init(seconds: seconds)
    }
}
