/// References as they stand in manifests, resolved against where the manifest came from (RFC 3986, 5.2).
package enum URLReference {
    /// - Parameter base: an absolute URL of a hierarchical scheme, such as `http`.
    package static func resolve(_ reference: String, against base: String) -> String {
        let reference = String(reference.prefix { $0 != "#" })
        if let colon = reference.range(of: "://"), isScheme(reference[..<colon.lowerBound]) { return reference }
        guard let scheme = base.range(of: "://") else { return reference }
        if reference.hasPrefix("//") { return base[..<scheme.lowerBound] + ":" + reference }
        let path = base[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? base.endIndex
        let authority = String(base[..<path])
        let ownPath = base[path...].prefix { !"?#".contains($0) }
        if reference.isEmpty { return base }
        if reference.hasPrefix("?") { return authority + ownPath + reference }
        let (target, query) = split(reference)
        let whole = target.hasPrefix("/") ? target : folder(of: ownPath) + target
        return authority + withoutDots(whole) + query
    }

    private static func isScheme(_ text: Substring) -> Bool {
        text.first?.isLetter == true && text.allSatisfy { $0.isLetter || $0.isNumber || "+-.".contains($0) }
    }

    private static func split(_ reference: String) -> (path: String, query: String) {
        let question = reference.firstIndex(of: "?") ?? reference.endIndex
        return (String(reference[..<question]), String(reference[question...]))
    }

    private static func folder(of path: Substring) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
    }

    /// RFC 3986, 5.2.4.
    private static func withoutDots(_ path: String) -> String {
        var kept: [Substring] = []
        let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            switch piece {
            case ".": if isLast { kept.append("") }
            case "..":
                if kept.count > 1 { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(piece)
            }
        }
        return kept.joined(separator: "/")
    }
}

extension String {
    /// The first place of `needle`.
    fileprivate func range(of needle: String) -> Range<Index>? {
        firstRange(of: needle)
    }
}
