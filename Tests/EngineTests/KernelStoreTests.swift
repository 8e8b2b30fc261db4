import LinuxKit
import Testing

@testable import Engine

@Suite struct KernelStoreTests {
    struct Place: CustomTestStringConvertible {
        let environment: [String: String]
        let folder: String
        var testDescription: String { "\(environment)" }
    }

    @Test(arguments: [
        Place(environment: ["XDG_CACHE_HOME": "/x", "HOME": "/h"], folder: "/x/netlab/kernels"),
        Place(environment: ["XDG_CACHE_HOME": "relative", "HOME": "/h"], folder: "/h/.cache/netlab/kernels"),
        Place(environment: ["HOME": "/h"], folder: "/h/.cache/netlab/kernels"),
        Place(environment: ["HOME": "/", "TMPDIR": "/t"], folder: "/t/netlab-\(Host.userID)/kernels"),
        Place(environment: [:], folder: "/tmp/netlab-\(Host.userID)/kernels"),
    ])
    func `the user's folder`(_ place: Place) {
        let store = KernelStore(
            installation: Installation(executable: "/opt/n/bin/netlab"), environment: place.environment)
        #expect(store.userFolder == place.folder)
        #expect(store.systemFolders.first == "/opt/n/share/netlab/kernels")
    }

    @Test func `the newest with this fragment is taken, the user's before the system's`() throws {
        let folder = try ScratchFolder()
        let store = KernelStore(userFolder: folder / "user", systemFolders: [folder / "system"])
        #expect(store.find(fragmentMark: "aa") == nil)
        try make(folder / "system/9.0_aa")
        #expect(store.find(fragmentMark: "aa")?.version == "9.0")
        for name in ["7.9_aa", "7.10_aa", "8.0_bb"] { try make(folder / "user/\(name)") }
        #expect(store.find(fragmentMark: "aa")?.version == "7.10")
        #expect(store.find(fragmentMark: nil)?.version == "8.0")
        #expect(store.find(fragmentMark: "cc") == nil)
        #expect(store.list().map(\.version) == ["8.0", "7.10", "7.9", "9.0"])
    }

    @Test func `what is no kernel is left alone`() throws {
        let folder = try ScratchFolder()
        let store = KernelStore(userFolder: folder.path, systemFolders: [])
        try Directory.make(folder / "7.0_aa")
        try Directory.make(folder / ".build-x")
        try File.write("x", to: folder / "lock")
        #expect(store.list().isEmpty)
    }

    @Test func `one that is named comes first, and must be there`() throws {
        let folder = try ScratchFolder()
        try make(folder / "7.0_aa")
        func found(_ path: String) -> Kernel? {
            KernelStore(userFolder: folder.path, systemFolders: [], override: path).find(fragmentMark: "aa")
        }
        #expect(found("/bin/true")?.path == "/bin/true")
        #expect(found("/bin/true")?.version == nil)
        #expect(found("/no/such/kernel") == nil)
    }

    @Test func `a removed kernel is gone with its folder`() throws {
        let folder = try ScratchFolder()
        try make(folder / "7.0_aa")
        let store = KernelStore(userFolder: folder.path, systemFolders: [])
        try store.remove(try #require(store.find(fragmentMark: "aa")))
        #expect(try Directory.list(folder.path).isEmpty)
    }

    private func make(_ folder: String) throws {
        try Directory.make(folder)
        try Directory.link(folder + "/linux", to: "/bin/true")
    }
}
