/// Where a user's copy of what can be made again is kept (XDG Base Directory Specification).
package enum CacheFolder {
    /// `$XDG_CACHE_HOME/netlab`, `$HOME/.cache/netlab`, or for a user without a home `$TMPDIR/netlab-UID`.
    package static func path(_ environment: [String: String] = Environment.current) -> String {
        func value(_ name: String) -> String? {
            // The specification ignores a relative path.
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        if let cache = value("XDG_CACHE_HOME") { return cache + "/netlab" }
        if let home = value("HOME"), home != "/" { return home + "/.cache/netlab" }
        return "\(value("TMPDIR") ?? "/tmp")/netlab-\(Host.userID)"
    }
}
