internal import LinuxKit

/// The folder through which the two sides of an engine speak, inside the folder that the inner side may write to.
package struct EngineScratch: Sendable {
    let path: String
    /// With the side that made it: locked as long as that one lives.
    private let owner: ScratchOwner?

    /// A new one in `folder`, with nothing in it but its lock.
    static func make(in folder: String) throws(SystemCallError) -> EngineScratch {
        // It gets the name of one when it is locked, not before: nobody then takes it for an orphan.
        let unlocked = try Directory.makeUnique("\(folder)/new\(prefix)")
        let owner = try ScratchOwner(ofFolder: unlocked)
        let path = "\(folder)/" + unlocked.dropFirst("\(folder)/new".count)
        try File.rename(unlocked, to: path)
        return EngineScratch(path: path, owner: owner)
    }

    /// The one that the other side made.
    init(path: String) {
        self.init(path: path, owner: nil)
    }

    private init(path: String, owner: ScratchOwner?) {
        self.path = path
        self.owner = owner
    }

    private static let prefix = ".netlab-"

    /// Removes from `folder` those whose makers were killed; they could not do it. What cannot be removed stays.
    package static func removeOrphans(from folder: String) {
        let names = (try? Directory.list(folder)) ?? []
        for path in names.filter({ $0.hasPrefix(prefix) }).map({ "\(folder)/\($0)" }) {
            guard (try? ScratchOwner(ofFolder: path)) != nil else { continue }
            try? Directory.removeTree(path)
        }
    }

    /// `InsideRequest`.
    var request: String { path + "/request" }
    /// What the inner side prints.
    var output: String { path + "/output" }
    /// The inner side's exit code, in decimal; the last that it writes.
    var status: String { path + "/status" }
    /// Why the inner side could not begin, in words.
    var failure: String { path + "/failure" }
    /// The time that has passed inside, as far as it was written.
    var pulse: String { path + "/pulse" }
    /// The folder of the inner side's input, in pieces.
    var input: String { path + "/input" }
    /// What a witness found.
    var findings: String { path + "/findings" }

    /// The name of the folder that the embedded kernel wants for itself.
    static let kernelFiles = "kernel"

    /// The one that the embedded kernel was started in, seen by its PID 1. To be called before that one has mounted its
    /// own /proc: until then /proc is the host's, where `self` is the kernel's process.
    static func ofKernel() throws(SystemCallError) -> EngineScratch {
        EngineScratch(path: try Directory.target(ofLink: "/proc/self/cwd"))
    }

    /// Removes it. What cannot be removed stays: it is in the user's own folder.
    func remove() {
        try? Directory.removeTree(path)
    }
}

/// The lock on a scratch folder.
private final class ScratchOwner: Sendable {
    private let lock: FileLock

    /// Fails where another process has it.
    init(ofFolder folder: String) throws(SystemCallError) {
        guard let lock = try FileLock.tryTaking(folder + "/lock") else {
            throw SystemCallError("lock", folder, .tryAgain)
        }
        self.lock = lock
    }
}
