/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64
    package let isVersion6: Bool

    package init(version4 bits: UInt32) {
        high = 0
        low = UInt64(bits)
        isVersion6 = false
    }

    package init(version6 high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
        isVersion6 = true
    }

    /// As a packet has it, in words of 32 bits: one, or four.
    package var words: [UInt32] {
        guard isVersion6 else { return [UInt32(truncatingIfNeeded: low)] }
        return [high, low].flatMap { [UInt32(truncatingIfNeeded: $0 >> 32), UInt32(truncatingIfNeeded: $0)] }
    }
}

extension IPAddress {
    /// Reads dotted decimals or IPv6 groups; `nil` for anything else.
    package init?(_ text: String) {
        if text.contains(":") {
            guard let groups = Self.groups(of: text) else { return nil }
            let halves = [groups[..<4], groups[4...]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
            self.init(version6: halves[0], halves[1])
        } else {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let bytes = parts.compactMap { UInt8($0) }
            guard parts.count == 4, bytes.count == 4 else { return nil }
            self.init(version4: bytes.reduce(0) { $0 << 8 | UInt32($1) })
        }
    }

    /// The eight groups of an IPv6 address, `::` filled in.
    private static func groups(of text: String) -> [UInt16]? {
        guard let gap = text.firstRange(of: "::") else {
            let groups = groups(text[...])
            return groups?.count == 8 ? groups : nil
        }
        guard let left = groups(text[..<gap.lowerBound]), let right = groups(text[gap.upperBound...]),
            left.count + right.count < 8
        else { return nil }
        return left + Array(repeating: 0, count: 8 - left.count - right.count) + right
    }

    /// Groups between colons, of which there may be none; `nil` where one is no group.
    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let groups = parts.compactMap { UInt16($0, radix: 16) }
        return groups.count == parts.count ? groups : nil
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimals, or RFC 5952's form.
    package var description: String {
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

extension IPAddress: Codable {
    /// As text.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = IPAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no IP address")
        }
        self = address
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
