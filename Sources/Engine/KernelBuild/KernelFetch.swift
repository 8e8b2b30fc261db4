internal import LinuxKit

/// Gets the newest kernel source of the distribution by apt's own client, with a state of its own: the machine's apt
/// configuration stays as it is.
struct KernelFetch {
    let shop: BuildShop

    /// A package that holds a kernel source.
    struct Package: Equatable {
        let name: String
        let version: String
    }

    /// Asks the mirror for the newest source that will do.
    func newest() throws(KernelBuildError) -> Package {
        let release = (try? File.readText("/etc/os-release")) ?? ""
        guard let codename = AptArchive.codename(osRelease: release),
            let source = AptArchive.newer(than: codename, among: AptArchive.configured())
        else { throw .noMirror }
        do throws(SystemCallError) {
            for folder in ["lists/partial", "cache/archives/partial"] { try Directory.make("\(apt)/\(folder)") }
            try File.write(source.stanza, to: apt + "/netlab.sources")
        } catch {
            throw .file(error)
        }
        try shop.run("ask the mirror for kernel sources", "apt-get", options + ["update"])
        let lines = try shop.run(
            "list kernel sources", "apt-cache", options + ["search", "--names-only", "^linux-source-[0-9.]+$"])
        let names = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
        if names.isEmpty { throw .noNewSource(minimum: KernelSource.minimum) }
        let table = try shop.run("list kernel sources", "apt-cache", options + ["madison"] + names)
        guard let package = Self.newest(in: table) else { throw .noNewSource(minimum: KernelSource.minimum) }
        return package
    }

    /// Downloads the package and unpacks the source in it.
    func source(_ package: Package, onUnpack: () -> Void) throws(KernelBuildError) -> KernelSource {
        try shop.run(
            "download \(package.name)", "apt-get", options + ["download", "\(package.name)=\(package.version)"])
        onUnpack()
        guard let archive = names(in: shop.folder).first(where: { $0.hasSuffix(".deb") }) else {
            throw .noNewSource(minimum: KernelSource.minimum)
        }
        let unpacked = shop.folder + "/package"
        try shop.run("unpack \(archive)", "dpkg-deb", ["--extract", archive, unpacked])
        let tarballs = names(in: unpacked + "/usr/src").filter { $0.hasPrefix("linux-source-") && $0.contains(".tar") }
        guard let tarball = tarballs.first else {
            throw .unusableSource(archive, reason: "holds no kernel source")
        }
        let source = try KernelSource.unpack("\(unpacked)/usr/src/\(tarball)", in: shop)
        return KernelSource(folder: source.folder, version: package.version)
    }

    /// The newest that will do among lines like `linux-source-7.3 | 7.3.4-1 | MIRROR SUITE/main Sources`.
    static func newest(in table: [String]) -> Package? {
        let packages = table.compactMap { line -> Package? in
            let cells = line.split(separator: "|").map { $0.filter { !$0.isWhitespace } }
            guard cells.count >= 2, cells[0].hasPrefix("linux-source-") else { return nil }
            return Package(name: cells[0], version: cells[1])
        }
        return packages.filter { !VersionOrder.isBefore($0.version, KernelSource.minimum) }
            .max { VersionOrder.isBefore($0.version, $1.version) }
    }

    private var apt: String { shop.folder + "/apt" }

    private var options: [String] {
        let settings = [
            "Dir::Etc::SourceList=\(apt)/netlab.sources", "Dir::Etc::SourceParts=/dev/null",
            "Dir::Etc::Preferences=/dev/null", "Dir::Etc::PreferencesParts=/dev/null",
            "Dir::State=\(apt)", "Dir::State::Lists=\(apt)/lists", "Dir::State::status=/dev/null",
            "Dir::Cache=\(apt)/cache", "Acquire::Languages=none",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false", "Acquire::Retries=3",
        ]
        // apt's own user may not write to this user's folders.
        let sandbox = Host.userID == 0 ? ["APT::Sandbox::User=root"] : []
        return ["-q"] + (settings + sandbox).flatMap { ["-o", $0] }
    }

    private func names(in folder: String) -> [String] { (try? Directory.list(folder)) ?? [] }
}
