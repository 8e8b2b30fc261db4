internal import LinuxKit

/// An embedded kernel that is ready to boot.
package struct Kernel: Sendable, Hashable {
    /// The program.
    package let path: String
    /// The version of the source it was built from, such as `7.3.4-1`; nil for one named by `NETLAB_KERNEL`.
    package let version: String?
    /// The mark of the options it was built with; nil for one named by `NETLAB_KERNEL`.
    package let fragmentMark: String?

    /// The name of its folder in a store.
    package static func key(version: String, fragmentMark: String) -> String { "\(version)_\(fragmentMark)" }

    /// A short mark of the fragment's bytes: two fragments that differ get different kernels (FNV-1a, 64 bits).
    package static func mark(ofFragment bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The kernel in a store's folder; nil where that holds none.
    init?(folder: String) {
        let name = folder.split(separator: "/").last.map(String.init) ?? ""
        guard let bar = name.lastIndex(of: "_"), File.isExecutable(folder + "/linux") else { return nil }
        self.init(
            path: folder + "/linux", version: String(name[..<bar]),
            fragmentMark: String(name[name.index(after: bar)...]))
    }

    init(path: String, version: String?, fragmentMark: String?) {
        self.path = path
        self.version = version
        self.fragmentMark = fragmentMark
    }
}
