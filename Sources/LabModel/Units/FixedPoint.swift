extension Double {
    /// This number with `places` digits after the point, halves rounded away from zero; 0 to 9 places.
    ///
    /// `String(format:)` would bring all of Foundation.
    package func fixed(_ places: Int) -> String {
        let scale = Self.powersOfTen[places]
        let scaled = (magnitude * scale).rounded(.toNearestOrAwayFromZero)
        guard isFinite, scaled < 9e18 else { return description }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + padded }
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }

    private static let powersOfTen: [Double] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}

extension Int64 {
    /// This number with a comma between thousands.
    package var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}

extension Double {
    /// To six significant digits, which is more than a screen shows and half as long in the file.
    package var brief: Double {
        guard self != 0, isFinite else { return self }
        var scale = 1.0
        while magnitude * scale < 1e5 { scale *= 10 }
        return scale == 1 ? rounded() : (self * scale).rounded() / scale
    }
}
