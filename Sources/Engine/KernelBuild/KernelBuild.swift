internal import Glibc
internal import LabModel
internal import LinuxKit
internal import Synchronization

/// Makes an embedded kernel and puts it into a store: whole or not at all, and one at a time.
package final class KernelBuild: Sendable {
    /// What a build is doing.
    package enum Step: Sendable, Hashable {
        /// Another process builds; its kernel will do.
        case waiting
        case asking
        case downloading(package: String, version: String)
        case unpacking
        case configuring(version: String)
        /// Objects made, of about so many.
        case compiling(done: Int, total: Int)
        /// There was one of this version and these options already.
        case found
    }

    private let destination: String
    private let request: KernelSourceRequest
    private let fragment: String
    private let jobs: Int
    private let shop = Mutex<BuildShop?>(nil)
    private let isInterrupted = Mutex(false)

    /// A build into `destination`, a folder of a store, with at most `jobs` compilers at once.
    package init(
        _ request: KernelSourceRequest, installation: Installation, destination: String, jobs: Int
    ) throws(KernelBuildError) {
        guard let fragment = installation.kernelFragment else { throw .missingFragment }
        self.request = request
        self.fragment = fragment
        self.destination = destination
        self.jobs = jobs
    }

    /// Ends the build; `run` then throws `interrupted`.
    package func interrupt() {
        isInterrupted.withLock { $0 = true }
        shop.withLock { $0?.interrupt() }
    }

    /// Builds the kernel, or finds that it is there.
    package func run(onStep: (Step) -> Void) throws(KernelBuildError) -> Kernel {
        try BuildTools.check(fetches: request == .newest)
        let mark = try naming { () throws(SystemCallError) in
            try Directory.make(destination)
            return Kernel.mark(ofFragment: try File.read(fragment))
        }
        var hasWaited = false
        let lock = try takeLock {
            if !hasWaited { onStep(.waiting) }
            hasWaited = true
        }
        if hasWaited, let kernel = store.find(fragmentMark: mark) { return kernel }
        return try build(mark, holding: lock, onStep)
    }

    private var store: KernelStore { KernelStore(userFolder: destination, systemFolders: []) }

    private func naming<R: ~Copyable>(_ body: () throws(SystemCallError) -> R) throws(KernelBuildError) -> R {
        do throws(SystemCallError) {
            return try body()
        } catch {
            throw .file(error)
        }
    }

    private func takeLock(onBusy: () -> Void) throws(KernelBuildError) -> FileLock {
        while true {
            let lock = try naming { () throws(SystemCallError) in try FileLock.tryTaking(destination + "/lock") }
            if let lock { return lock }
            onBusy()
            if isInterrupted.withLock({ $0 }) { throw .interrupted }
            Clock.sleep(for: 100_000_000)
        }
    }

    /// What a build left that was killed; the lock says that none is under way.
    private func removeLeftovers() {
        for name in (try? Directory.list(destination)) ?? [] where name.hasPrefix(Self.scratchPrefix) {
            try? Directory.removeTree("\(destination)/\(name)")
        }
    }

    private static let scratchPrefix = ".build-"

    private func build(
        _ mark: String, holding lock: borrowing FileLock, _ onStep: (Step) -> Void
    ) throws(KernelBuildError) -> Kernel {
        removeLeftovers()
        let needed = ByteCount(3 << 30)
        if let free = Host.freeSpace(at: destination), free < needed.bytes {
            throw .noSpace(folder: destination, free: ByteCount(free), needed: needed)
        }
        let folder = try naming { () throws(SystemCallError) in
            try Directory.makeUnique("\(destination)/\(Self.scratchPrefix)")
        }
        defer { try? Directory.removeTree(folder) }
        let shop = BuildShop(folder: folder, keptLog: destination + "/failed-build.log")
        self.shop.withLock { $0 = shop }
        if isInterrupted.withLock({ $0 }) { throw .interrupted }
        return try KernelBuildSteps(shop: shop, fragment: fragment, jobs: jobs, destination: destination, store: store)
            .run(request, mark, onStep)
    }
}
