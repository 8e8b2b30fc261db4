import LinuxKit
import Testing

@Suite struct FileTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `a replaced file has the new bytes and leaves no other file`() throws {
        try File.write("old", to: folder / "a")
        try File.write([1, 2, 3], to: folder / "a")
        #expect(try File.read(folder / "a") == [1, 2, 3])
        #expect(try Directory.list(folder.path) == ["a"])
    }

    @Test func `a failed write leaves no part of a file`() throws {
        #expect(throws: SystemCallError("create", folder / "none/a", .noSuchFile)) {
            try File.write("x", to: folder / "none/a")
        }
        #expect(try Directory.list(folder.path).isEmpty)
    }

    @Test func `appending makes the file and keeps what is there`() throws {
        try File.append("a\n", to: folder / "log")
        try File.append("b\n", to: folder / "log")
        #expect(try File.readText(folder / "log") == "a\nb\n")
    }

    @Test func `a tree is made and removed, and links are not followed`() throws {
        try Directory.make(folder / "a/b/c")
        try Directory.make(folder / "kept")
        try File.write("x", to: folder / "kept/file")
        try Directory.link(folder / "a/b/link", to: folder / "kept")
        try Directory.removeTree(folder / "a")
        #expect(try Directory.list(folder.path) == ["kept"])
        #expect(File.exists(folder / "kept/file"))
    }

    @Test func `a link is replaced at once`() throws {
        try Directory.link(folder / "latest", to: "one")
        try Directory.link(folder / "latest", to: "two")
        try Directory.make(folder / "two")
        #expect(try Directory.resolve(folder / "latest") == Directory.resolve(folder / "two"))
        #expect(try Directory.list(folder.path) == ["latest", "two"])
    }

    @Test(arguments: [("/a/b", "/a"), ("/a", "/"), ("/a/b/", "/a"), ("a", "."), ("/", "/"), ("a/b", "a")])
    func `the parent of a path`(_ path: String, _ parent: String) {
        #expect(Directory.parent(of: path) == parent)
    }

    @Test func `a lock is held by one at a time`() throws {
        do {
            let first = try FileLock.tryTaking(folder / "lock")
            let second = try FileLock.tryTaking(folder / "lock")
            expectPresence(of: first, true)
            expectPresence(of: second, false)
        }
        expectPresence(of: try FileLock.tryTaking(folder / "lock"), true)
    }

    /// `#expect` takes no value that cannot be copied.
    private func expectPresence(of lock: borrowing FileLock?, _ expected: Bool) {
        let isPresent =
            switch lock {
            case .some: true
            case .none: false
            }
        #expect(isPresent == expected)
    }

    @Test func `a followed file hands on every line as it is written`() throws {
        try File.clear(folder / "out")
        let lines = Condition<[String]>([])
        let follower = try FileFollower.start(folder / "out") { line in lines.change { $0.append(line) } }
        for number in 0..<500 {
            try File.append("line \(number)\n", to: folder / "out")
        }
        let seen = lines.wait(untilMonotonic: Clock.monotonic() + 5_000_000_000) { $0.count == 500 ? true : nil }
        #expect(seen == true)
        try File.append("no end", to: folder / "out")
        follower.finish()
        #expect(lines.look { $0.last } == "no end")
        #expect(lines.look { $0.dropLast().map { $0 } } == (0..<500).map { "line \($0)" })
    }
}
