internal import Glibc
internal import LinuxKit

/// The steps of one build, in a scratch folder beside the place where the kernel goes.
struct KernelBuildSteps {
    let shop: BuildShop
    let fragment: String
    let jobs: Int
    let destination: String
    let store: KernelStore

    func run(
        _ request: KernelSourceRequest, _ mark: String, _ onStep: (KernelBuild.Step) -> Void
    ) throws(KernelBuildError) -> Kernel {
        let source: KernelSource
        switch request {
        case .given(let path):
            onStep(.unpacking)
            source = try KernelSource.unpack(path, in: shop)
        case .newest:
            onStep(.asking)
            let fetch = KernelFetch(shop: shop)
            let package = try fetch.newest()
            if let kernel = existing(package.version, mark, onStep) { return kernel }
            onStep(.downloading(package: package.name, version: package.version))
            source = try fetch.source(package) { onStep(.unpacking) }
        }
        if let kernel = existing(source.version, mark, onStep) { return kernel }
        onStep(.configuring(version: source.version))
        try KernelConfiguration(fragment: fragment).apply(to: source, in: shop)
        try compile(source, onStep)
        return try putInPlace(source, mark)
    }

    private func existing(_ version: String, _ mark: String, _ onStep: (KernelBuild.Step) -> Void) -> Kernel? {
        let kernel = store.list().first { $0.version == version && $0.fragmentMark == mark }
        if kernel != nil { onStep(.found) }
        return kernel
    }

    private func compile(_ source: KernelSource, _ onStep: (KernelBuild.Step) -> Void) throws(KernelBuildError) {
        // About as many as Linux 7.3 has with this fragment: 774 objects and 405 archives.
        let total = 1180
        var done = 0
        onStep(.compiling(done: 0, total: total))
        try shop.run("compile the kernel", "make", ["-C", source.folder, "ARCH=um", "-j\(jobs)", "linux"]) { line in
            guard line.hasPrefix("  CC ") || line.hasPrefix("  AR ") else { return }
            done += 1
            onStep(.compiling(done: min(done, total - 1), total: total))
        }
    }

    /// The folder appears under its name only when all is in it.
    private func putInPlace(_ source: KernelSource, _ mark: String) throws(KernelBuildError) -> Kernel {
        let ready = shop.folder + "/ready"
        let folder = "\(destination)/\(Kernel.key(version: source.version, fragmentMark: mark))"
        do throws(SystemCallError) {
            try Directory.make(ready)
            try File.rename(source.folder + "/.config", to: ready + "/config")
            try File.rename(source.folder + "/linux", to: ready + "/linux")
            try Directory.removeTree(folder)
            try File.rename(ready, to: folder)
        } catch {
            throw .file(error)
        }
        guard let kernel = Kernel(folder: folder) else {
            throw .file(SystemCallError("find", folder + "/linux", .noSuchFile))
        }
        return kernel
    }
}
