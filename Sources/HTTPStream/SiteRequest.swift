/// What a client asks an origin for: the target of a request line (RFC 9112 section 3.2).
package struct SiteRequest: Hashable, Sendable {
    /// Below `SiteLayout.folder`; nil for what lies elsewhere.
    package let path: String?
    /// Of RFC 8216bis section 6.2.5.2: answer when this media segment is there, and this part of it.
    package let mediaSequence: Int?
    package let part: Int?
    /// Whether a number of these is none.
    package let isMalformed: Bool

    package init(target: String) {
        let pieces = target.split(separator: "?", maxSplits: 1)
        let full = pieces.first ?? ""
        path = full.hasPrefix(SiteLayout.folder) ? String(full.dropFirst(SiteLayout.folder.count)) : nil
        var values: [Substring: Int?] = [:]
        for field in pieces.dropFirst().first?.split(separator: "&") ?? [] {
            let words = field.split(separator: "=", maxSplits: 1)
            guard let name = words.first, name == "_HLS_msn" || name == "_HLS_part" else { continue }
            values[name] = .some(words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 < 0 ? nil : $0 })
        }
        mediaSequence = values["_HLS_msn"] ?? nil
        part = values["_HLS_part"] ?? nil
        isMalformed = values.values.contains(nil) || part != nil && mediaSequence == nil
    }
}
