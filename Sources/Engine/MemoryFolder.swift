package import LabModel
internal import LinuxKit

/// The folder that holds the embedded kernel's memory, which is a file that runs code.
package enum MemoryFolder {
    /// A folder that cannot hold it.
    package struct Refusal: Sendable, Hashable {
        package let folder: String
        package let reason: String
    }

    /// /dev/shm, `TMPDIR`, /tmp and the run's own folder, as far as they are there.
    static func candidates(runFolder: String, temporary: String? = Environment.value("TMPDIR")) -> [String] {
        var seen: Set<String> = []
        return ["/dev/shm", temporary ?? "", "/tmp", runFolder].filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Bytes free in the roomiest folder that can hold such memory at all; nil where that is not known.
    ///
    /// - Parameter runFolder: the file system of the runs' own folders.
    package static func room(runFolder: String) -> ByteCount? {
        let usable = candidates(runFolder: runFolder).filter { objection(to: $0, memory: ByteCount(0)) == nil }
        return usable.compactMap { Host.freeSpace(at: $0) }.max().map { ByteCount($0) }
    }

    /// The first that really can: tried, since mount options do not tell all.
    static func choose(_ candidates: [String], memory: ByteCount) throws(EngineError) -> String {
        var refused: [Refusal] = []
        for folder in candidates {
            guard let reason = objection(to: folder, memory: memory) else { return folder }
            refused.append(Refusal(folder: folder, reason: reason))
        }
        throw .noMemoryFolder(needed: memory, refused: refused)
    }

    private static func objection(to folder: String, memory: ByteCount) -> String? {
        do throws(Errno) {
            try Host.checkExecutableMapping(in: folder)
        } catch {
            // EPERM is what mmap says of a file system mounted with noexec.
            return error == .notPermitted ? "is mounted with 'noexec'" : "cannot be used: \(error)"
        }
        guard let free = Host.freeSpace(at: folder), free < memory.bytes else { return nil }
        return "has only \(free >> 20) MiB free"
    }
}
