package import LinuxKit

/// Where embedded kernels are kept: a folder for each, named by source version and fragment.
package struct KernelStore: Sendable {
    /// The user's own folder, where kernels are built into.
    package let userFolder: String
    /// Where every user finds one.
    package let systemFolders: [String]
    /// The program named by `NETLAB_KERNEL`, which comes before all others; nil where it names none.
    package let override: String?

    /// The store of this user on this machine.
    package init(installation: Installation, environment: [String: String] = Environment.current) {
        let userFolder = CacheFolder.path(environment) + "/kernels"
        var seen: Set<String> = [userFolder]
        self.userFolder = userFolder
        override = environment["NETLAB_KERNEL"].flatMap { $0.isEmpty ? nil : $0 }
        systemFolders = [installation.kernels, Self.systemFolder, "/var/cache/netlab/kernels"]
            .filter { seen.insert($0).inserted }
    }

    init(userFolder: String, systemFolders: [String], override: String? = nil) {
        self.userFolder = userFolder
        self.systemFolders = systemFolders
        self.override = override
    }

    /// Where `kernel build --system` puts one.
    package static let systemFolder = "/usr/local/share/netlab/kernels"

    /// Every place that is looked at, in order.
    package var places: [String] { override.map { ["NETLAB_KERNEL=\($0)"] } ?? [userFolder] + systemFolders }

    /// Every kernel in the user's folder and then in the system's, newest source first in each.
    package func list() -> [Kernel] {
        ([userFolder] + systemFolders).flatMap(Self.kernels)
    }

    /// The kernel to boot: the one named by `NETLAB_KERNEL`, else the newest that was built with this fragment (any
    /// fragment for nil); nil where there is none.
    package func find(fragmentMark: String?) -> Kernel? {
        if let override {
            return File.isExecutable(override) ? Kernel(path: override, version: nil, fragmentMark: nil) : nil
        }
        return list().first { fragmentMark == nil || $0.fragmentMark == fragmentMark }
    }

    /// The kernel to boot for this installation's fragment.
    package func find(for installation: Installation) -> Kernel? {
        find(fragmentMark: Self.mark(of: installation))
    }

    /// The mark of this installation's fragment; nil where the file is missing.
    package static func mark(of installation: Installation) -> String? {
        guard let path = installation.kernelFragment, let bytes = try? File.read(path) else { return nil }
        return Kernel.mark(ofFragment: bytes)
    }

    /// Removes a kernel's folder.
    package func remove(_ kernel: Kernel) throws(SystemCallError) {
        try Directory.removeTree(Directory.parent(of: kernel.path))
    }

    private static func kernels(in folder: String) -> [Kernel] {
        let names = (try? Directory.list(folder)) ?? []
        return names.compactMap { Kernel(folder: "\(folder)/\($0)") }
            .sorted { VersionOrder.isBefore($1.version ?? "", $0.version ?? "") }
    }
}
