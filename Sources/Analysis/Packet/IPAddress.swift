/// An IPv4 or IPv6 address.
struct IPAddress: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
    let isVersion6: Bool

    init(version4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        isVersion6 = false
    }

    init(version6 high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
        isVersion6 = true
    }
}

extension IPAddress {
    /// Reads dotted decimals or IPv6 groups; `nil` for anything else.
    init?(_ text: String) {
        if text.contains(":") {
            guard let groups = Self.groups(of: text) else { return nil }
            let halves = [groups[..<4], groups[4...]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
            self.init(version6: halves[0], halves[1])
        } else {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
            guard parts.count == 4 else { return nil }
            self.init(version4: parts.reduce(0) { $0 << 8 | UInt32($1) })
        }
    }

    /// The eight groups of an IPv6 address, `::` filled in.
    private static func groups(of text: String) -> [UInt16]? {
        let all = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let gap = text.firstRange(of: "::") else {
            let groups = all.compactMap { UInt16($0, radix: 16) }
            return groups.count == 8 && all.count == 8 ? groups : nil
        }
        let left = text[..<gap.lowerBound].split(separator: ":").compactMap { UInt16($0, radix: 16) }
        let right = text[gap.upperBound...].split(separator: ":").compactMap { UInt16($0, radix: 16) }
        guard left.count + right.count < 8 else { return nil }
        return left + Array(repeating: 0, count: 8 - left.count - right.count) + right
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimals, or RFC 5952's form.
    var description: String {
        isVersion6 ? version6Text : version4Text
    }

    private var version4Text: String {
        [24, 16, 8, 0].map { (shift: UInt64) in String(low >> shift & 0xff) }.joined(separator: ".")
    }

    private var version6Text: String {
        let groups = Self.groups(high) + Self.groups(low)
        guard let zeros = longestZeros(groups) else {
            return groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        let left = groups[..<zeros.lowerBound].map { String($0, radix: 16) }.joined(separator: ":")
        let right = groups[zeros.upperBound...].map { String($0, radix: 16) }.joined(separator: ":")
        return left + "::" + right
    }

    private static func groups(_ half: UInt64) -> [UInt64] {
        [48, 32, 16, 0].map { (shift: UInt64) in half >> shift & 0xffff }
    }

    /// RFC 5952 section 4.2: the first of the longest runs of two zero groups or more.
    private func longestZeros(_ groups: [UInt64]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start >= 2, index - start > best?.count ?? 0 { best = start..<index }
            start = index + 1
        }
        return best
    }
}
