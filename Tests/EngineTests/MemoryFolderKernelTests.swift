import LabModel
import LinuxKit
import Testing

@testable import Engine

/// Mounts file systems: runs in the embedded kernel.
@Suite struct MemoryFolderKernelTests {
    @Test func `refuses a file system that forbids execution, and one that is too small`() throws {
        let folder = try ScratchFolder()
        for (name, options) in [("noexec", "noexec"), ("small", "size=1m")] {
            try Directory.make(folder / name)
            let result = try ChildProcess.run(
                Command("mount", ["-t", "tmpfs", "-o", options, "none", folder / name]))
            try #require(result.status == .success, "\(result.errorText)")
        }
        defer { for name in ["noexec", "small"] { _ = try? ChildProcess.run(Command("umount", [folder / name])) } }
        let error = #expect(throws: EngineError.self) {
            try MemoryFolder.choose([folder / "noexec", folder / "small"], memory: ByteCount(64 << 20))
        }
        guard case .noMemoryFolder(_, let refused)? = error else { return }
        #expect(refused.map(\.reason) == ["is mounted with 'noexec'", "has only 1 MiB free"])
    }
}
