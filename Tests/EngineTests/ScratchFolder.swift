import LinuxKit

/// A folder of one test, gone with it.
final class ScratchFolder: Sendable {
    let path: String

    init(_ prefix: String = "/tmp/netlab-test-") throws {
        path = try Directory.makeUnique(prefix)
    }

    deinit {
        try? Directory.removeTree(path)
    }

    static func / (folder: ScratchFolder, name: String) -> String { "\(folder.path)/\(name)" }
}
