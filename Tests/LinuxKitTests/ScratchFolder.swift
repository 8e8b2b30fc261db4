import LinuxKit

/// A folder of one test, gone with it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        path = try Directory.makeUnique("/tmp/netlab-test-")
    }

    deinit {
        try? Directory.removeTree(path)
    }

    static func / (folder: ScratchFolder, name: String) -> String { "\(folder.path)/\(name)" }
}
