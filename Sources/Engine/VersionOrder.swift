/// The order of version numbers: runs of digits by value, all else by character; `7.10` is after `7.9`.
package enum VersionOrder {
    /// Whether `left` comes before `right`.
    package static func isBefore(_ left: String, _ right: String) -> Bool {
        let left = parts(left)
        let right = parts(right)
        for (one, other) in zip(left, right) where one != other {
            guard let number = Int(one), let otherNumber = Int(other) else { return one < other }
            if number != otherNumber { return number < otherNumber }
        }
        return left.count < right.count
    }

    private static func parts(_ version: String) -> [String] {
        var result: [String] = []
        var wasDigit: Bool?
        for character in version {
            let isDigit = character.isASCII && character.isNumber
            if isDigit == wasDigit {
                result[result.count - 1].append(character)
            } else {
                result.append(String(character))
            }
            wasDigit = isDigit
        }
        return result
    }
}
