internal import LinuxKit

/// Where the source comes from.
package enum KernelSourceRequest: Sendable, Hashable {
    /// The newest that the distribution's mirror has.
    case newest
    /// A folder or a tar archive of the user's.
    case given(String)
}

/// A kernel source, unpacked in a folder of its own.
struct KernelSource: Sendable {
    let folder: String
    /// As the package or the source itself calls it, such as `7.3.4-1`.
    let version: String

    /// From 6.16 there is `seccomp=on`; before 6.13 it dies on processors with AMX.
    static let minimum = "6.16"

    static func check(_ version: String, of path: String) throws(KernelBuildError) {
        if VersionOrder.isBefore(version, minimum) {
            throw .unusableSource(path, reason: "is Linux \(version); netlab needs \(minimum) or later")
        }
    }

    /// Unpacks a tar archive, or copies a folder: the build changes it.
    static func unpack(_ path: String, in shop: BuildShop) throws(KernelBuildError) -> KernelSource {
        let folder = shop.folder + "/src"
        guard let kind = File.kind(path) else { throw .unusableSource(path, reason: "is not there") }
        let full: String
        do throws(SystemCallError) {
            try Directory.make(folder)
            full = try Directory.resolve(path)
        } catch {
            throw .file(error)
        }
        if kind == .directory {
            try shop.run("copy the source \(path)", "cp", ["-a", full + "/.", folder])
        } else {
            try shop.run("unpack \(path)", "tar", ["-xf", full, "-C", folder, "--strip-components=1"])
        }
        let version = try version(of: folder, named: path)
        try check(version, of: path)
        return KernelSource(folder: folder, version: version)
    }

    private static func version(of folder: String, named path: String) throws(KernelBuildError) -> String {
        let text = (try? File.readText(folder + "/Makefile")) ?? ""
        guard File.exists(folder + "/arch/um/Kconfig"), let version = version(inMakefile: text) else {
            throw .unusableSource(path, reason: "is no Linux source")
        }
        return version
    }

    /// `7.3.4-rc1` from VERSION, PATCHLEVEL, SUBLEVEL and EXTRAVERSION; nil where they are missing.
    static func version(inMakefile text: String) -> String? {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n").prefix(20) {
            let pair = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            values[pair[0].filter { !$0.isWhitespace }] = pair[1].filter { !$0.isWhitespace }
        }
        guard let major = values["VERSION"], let minor = values["PATCHLEVEL"], Int(major) != nil else { return nil }
        return "\(major).\(minor).\(values["SUBLEVEL"] ?? "0")\(values["EXTRAVERSION"] ?? "")"
    }
}
