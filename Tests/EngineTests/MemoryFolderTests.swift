import LabModel
import LinuxKit
import Testing

@testable import Engine

@Suite struct MemoryFolderTests {
    @Test func `takes the first that can hold it and says why the others cannot`() throws {
        let folder = try ScratchFolder()
        #expect(try MemoryFolder.choose(["/proc", folder.path], memory: ByteCount(1 << 20)) == folder.path)
        let error = #expect(throws: EngineError.self) {
            try MemoryFolder.choose(["/proc", "/no/such", folder.path], memory: ByteCount(1 << 60))
        }
        guard case .noMemoryFolder(_, let refused)? = error else { return }
        #expect(refused.map(\.folder) == ["/proc", "/no/such", folder.path])
        #expect(refused[1].reason.contains("ENOENT"))
        #expect(refused[2].reason.contains("MiB free"))
    }

    @Test func `looks at each folder once, in order`() {
        #expect(MemoryFolder.candidates(runFolder: "/r", temporary: nil) == ["/dev/shm", "/tmp", "/r"])
        #expect(MemoryFolder.candidates(runFolder: "/r", temporary: "/tmp") == ["/dev/shm", "/tmp", "/r"])
        #expect(MemoryFolder.candidates(runFolder: "/r", temporary: "/t") == ["/dev/shm", "/t", "/tmp", "/r"])
    }
}
