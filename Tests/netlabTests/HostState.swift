import LinuxKit

/// What a run must leave as it was: named lists of lines, so that a difference can be shown.
struct HostState {
    private var lines: Set<String> = []

    /// - Parameters:
    ///   - workplace: where the runs under test take place.
    ///   - temporary: their TMPDIR.
    init(workplace: String, temporary: String) throws {
        try add("interface", "ip -o -d link | sed 's/ qlen [0-9]*//'")
        try add("qdisc", "tc qdisc show")
        try add("namespace", "ip netns list; ls /run/netns /var/run/netns 2>/dev/null")
        try add("mount", "cat /proc/mounts")
        try add(
            "setting",
            "find /proc/sys/net /proc/sys/kernel -type f -readable ! -path '*/random/*' ! -path '*/pty/*' "
                + "! -path '*/neigh/*' ! -path '*/netfilter/*' ! -name ns_last_pid ! -name 'nf_*' "
                + "| xargs grep -s . 2>/dev/null")
        try add("file in TMPDIR", "ls -A \(temporary)")
        add("process", try Self.processes(naming: workplace))
    }

    /// What is there now and was not, or was and is not.
    func differences(from other: HostState) -> [String] {
        lines.subtracting(other.lines).map { "now: \($0)" } + other.lines.subtracting(lines).map { "before: \($0)" }
    }

    private mutating func add(_ kind: String, _ script: String) throws {
        add(kind, try Shell.run(script).outputText.split(separator: "\n").map(String.init))
    }

    private mutating func add(_ kind: String, _ found: [String]) {
        lines.formUnion(found.map { "\(kind) \($0)" })
    }

    /// Command lines that name `workplace`.
    private static func processes(naming workplace: String) throws -> [String] {
        try Directory.list("/proc").filter { Int($0) != nil }.compactMap { pid in
            guard let text = try? File.readText("/proc/\(pid)/cmdline"), text.contains(workplace) else { return nil }
            return "\(pid) \(text)"
        }
    }
}
