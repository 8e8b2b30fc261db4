internal import Glibc

/// What the control groups that this process is in leave it of the machine: cgroups(7), version 1 and 2.
package struct ControlGroup: Sendable {
    private let mounts: String
    private let membership: String

    /// This process's groups.
    package static let own = ControlGroup(mounts: "/sys/fs/cgroup", membership: "/proc/self/cgroup")

    /// - Parameters:
    ///   - mounts: the folder that the hierarchies are mounted at.
    ///   - membership: a file such as `/proc/self/cgroup`.
    init(mounts: String, membership: String) {
        self.mounts = mounts
        self.membership = membership
    }

    /// Bytes that may still be taken before a limit is reached; nil where there is none. What the page cache holds and
    /// could give back counts as free.
    package var freeMemory: Int64? {
        let first = folders(of: "memory").compactMap {
            free(in: $0, limit: "memory.limit_in_bytes", usage: "memory.usage_in_bytes", cache: "total_inactive_file")
        }
        let second = folders(of: nil).compactMap {
            free(in: $0, limit: "memory.max", usage: "memory.current", cache: "inactive_file")
        }
        return (first + second).min()
    }

    /// Processors' worth of time that may be used, such as 1.5; nil where there is no limit.
    package var processors: Double? {
        let first = folders(of: "cpu").compactMap { folder -> Double? in
            guard let quota = number("\(folder)/cpu.cfs_quota_us"), quota > 0 else { return nil }
            return number("\(folder)/cpu.cfs_period_us").map { Double(quota) / Double($0) }
        }
        let second = folders(of: nil).compactMap { folder -> Double? in
            let words = text("\(folder)/cpu.max").split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            return words.count == 2 ? words[0] / words[1] : nil
        }
        return (first + second).min()
    }

    private func free(in folder: String, limit: String, usage: String, cache: String) -> Int64? {
        // Without a limit version 1 shows a number near 2^63, which takes part in no minimum; version 2 shows `max`.
        guard let limit = number("\(folder)/\(limit)"), limit < 1 << 60, let usage = number("\(folder)/\(usage)") else {
            return nil
        }
        let line = text("\(folder)/memory.stat").split(separator: "\n").first { $0.hasPrefix(cache + " ") }
        let reclaimable = line.flatMap { Int64($0.dropFirst(cache.count + 1)) } ?? 0
        return max(0, limit - max(0, usage - reclaimable))
    }

    /// The group's folder and those above it in a controller's hierarchy; version 2's hierarchy where that is nil.
    ///
    /// In a container the path may be the host's, of which only the hierarchy's root is there to see: what is missing
    /// is passed over.
    private func folders(of controller: String?) -> [String] {
        let lines = text(membership).split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        }
        let line = lines.first { line in
            guard let controller else { return line.count == 3 && line[0] == "0" }
            return line.count == 3 && line[1].split(separator: ",").contains { $0 == controller }
        }
        guard let line else { return [] }
        var folder = mounts + (controller.map { "/\($0)" } ?? "")
        var folders = [folder]
        for part in line[2].split(separator: "/") {
            folder += "/\(part)"
            folders.append(folder)
        }
        return folders
    }

    private func text(_ path: String) -> String { (try? File.readText(path)) ?? "" }

    private func number(_ path: String) -> Int64? { Int64(text(path).prefix { $0 != "\n" }) }
}
