internal import LinuxKit

/// The archive of the machine's own distribution, found in apt's configuration.
enum AptArchive {
    /// Suites that hold newer kernels than a release's own, by names that stay the same from release to release.
    static let newerSuites = ["unstable", "stable-backports"]

    /// A source for the newer suites on the mirror that this machine uses; nil where apt has none for its release.
    static func newer(than codename: String, among sources: [AptSource]) -> AptSource? {
        let own = sources.first { $0.suites.contains(codename) && $0.components.contains("main") }
        return own.map {
            AptSource(addresses: $0.addresses, suites: newerSuites, components: ["main"], trust: $0.trust)
        }
    }

    /// All sources of this machine, in apt's order.
    static func configured(folder: String = "/etc/apt") -> [AptSource] {
        let parts = (try? Directory.list(folder + "/sources.list.d")) ?? []
        let files = ["sources.list"] + parts.map { "sources.list.d/\($0)" }
        return files.filter { $0.hasSuffix(".list") || $0.hasSuffix(".sources") }.flatMap { name in
            AptSource.parse((try? File.readText("\(folder)/\(name)")) ?? "", fileName: name)
        }
    }

    /// The release's name from os-release(5), such as `bookworm`; nil where it has none.
    static func codename(osRelease text: String) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix("VERSION_CODENAME=") {
            return line.split(separator: "=", maxSplits: 1).last.map { String($0.filter { $0 != "\"" }) }
        }
        return nil
    }
}
