internal import Glibc
package import LinuxKit

/// The folder of records: one for each interface of each network namespace that is shaped.
package struct ShapeStore: Sendable {
    package let folder: String
    /// The calling thread's network namespace.
    private let namespace: UInt64

    /// In `/run/netlab`, or where that cannot be written in `$XDG_RUNTIME_DIR/netlab`: both are gone at a boot, as
    /// qdiscs are.
    package init(_ environment: [String: String] = Environment.current) throws(SystemCallError) {
        let own = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 + "/netlab" : nil }
        do throws(SystemCallError) {
            try self.init(folder: "/run/netlab")
        } catch {
            guard let own else { throw error }
            try self.init(folder: own)
        }
    }

    /// In this folder, which is made where it is missing.
    package init(folder: String) throws(SystemCallError) {
        try Directory.make(folder)
        guard access(folder, W_OK) == 0 else { throw SystemCallError("write to", folder, .last) }
        self.folder = folder
        namespace = try File.identity("/proc/thread-self/ns/net")
    }

    /// The record of an interface; `nil` where there is none, or none that this version reads.
    func record(of name: String) -> ShapeRecord? {
        (try? File.read(path(of: name))).flatMap(ShapeRecord.init(text:))
    }

    func write(_ record: ShapeRecord) throws {
        try File.write(try record.text, to: path(of: record.name))
    }

    func remove(_ name: String) throws(SystemCallError) {
        do throws(SystemCallError) {
            try File.remove(path(of: name))
        } catch  where error.errno == .noSuchFile {}
    }

    /// Runs `body` while no other netlab changes an interface of this store; waits for one that does.
    func exclusively<R>(_ body: () throws -> R) throws -> R {
        let deadline = Clock.monotonic() + 10_000_000_000
        while true {
            if let lock = try FileLock.tryTaking(folder + "/lock") {
                defer { withExtendedLifetime(lock) {} }
                return try body()
            }
            if Clock.monotonic() > deadline { throw SystemCallError("lock", folder, .busy) }
            Clock.sleep(for: 20_000_000)
        }
    }

    private func path(of name: String) -> String { "\(folder)/shape-\(namespace)-\(name).json" }
}
