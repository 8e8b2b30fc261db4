package import LinuxKit

/// Where the program and what belongs to it lie, found from the running program: nothing is compiled in.
package struct Installation: Sendable {
    /// The running program.
    package let executable: String
    /// The folder with `Resources` and `Scenarios`: the source tree, or PREFIX/share/netlab; nil where neither is there.
    package let root: String?

    /// Looks for it from /proc/self/exe.
    package static func find() throws(SystemCallError) -> Installation {
        Installation(executable: try Host.executable())
    }

    /// Looks for it from this program's path.
    package init(executable: String) {
        self.executable = executable
        let shared = Self.prefix(of: executable) + "/share/netlab"
        root = Self.sourceTree(above: executable) ?? (File.kind(shared) == .directory ? shared : nil)
    }

    /// The program that links ffmpeg's libraries, beside this one; nil where it is missing.
    package var mediaWorker: String? {
        let path = Directory.parent(of: executable) + "/netlab-media"
        return File.isExecutable(path) ? path : nil
    }

    /// The folder of shipped scenarios; nil where it is missing.
    package var scenarios: String? { folder("Scenarios") }

    /// The folder of resources; nil where it is missing.
    package var resources: String? { folder("Resources") }

    /// The options of the embedded kernel; nil where the file is missing.
    package var kernelFragment: String? {
        guard let path = resources.map({ $0 + "/uml-kernel-fragment.config" }) else { return nil }
        return File.exists(path) ? path : nil
    }

    /// Kernels that came with this installation.
    package var kernels: String { Self.prefix(of: executable) + "/share/netlab/kernels" }

    private func folder(_ name: String) -> String? {
        guard let path = root.map({ "\($0)/\(name)" }), File.kind(path) == .directory else { return nil }
        return path
    }

    private static func prefix(of executable: String) -> String {
        Directory.parent(of: Directory.parent(of: executable))
    }

    private static func sourceTree(above executable: String) -> String? {
        var folder = Directory.parent(of: executable)
        while folder != "/", folder != "." {
            if File.exists(folder + "/Package.swift"), File.kind(folder + "/Resources") == .directory { return folder }
            folder = Directory.parent(of: folder)
        }
        return nil
    }
}
