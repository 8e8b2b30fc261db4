internal import LinuxKit

/// The folder through which the two sides of an engine speak, inside the folder that the inner side may write to.
struct EngineScratch: Sendable {
    let path: String

    /// A new one in `folder`, with nothing in it.
    static func make(in folder: String) throws(SystemCallError) -> EngineScratch {
        EngineScratch(path: try Directory.makeUnique(folder + "/.netlab-"))
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
    /// What a witness found.
    var findings: String { path + "/findings" }
    /// What the embedded kernel wants a folder for.
    var kernelFiles: String { path + "/kernel/" }

    /// Removes it. What cannot be removed stays: it is in the user's own folder.
    func remove() {
        try? Directory.removeTree(path)
    }
}
