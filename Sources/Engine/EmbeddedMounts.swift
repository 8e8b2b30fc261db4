internal import Glibc
internal import LinuxKit

/// The file systems of the embedded kernel, whose root is the host's files, read-only.
enum EmbeddedMounts {
    /// Mounts what programs expect to find, and the host's folder that may be written to.
    static func prepare(writable: String) throws(SystemCallError) {
        try Mount.make("proc", at: "/proc", type: "proc")
        // So that a process that has to be ended from outside has its name in the log.
        try? File.append("1", to: "/proc/sys/kernel/print-fatal-signals")
        try Mount.make("sysfs", at: "/sys", type: "sysfs")
        // devtmpfs was mounted by the kernel; it has none of these.
        for folder in ["/dev/pts", "/dev/shm"] { try Directory.make(folder) }
        try Mount.make("devpts", at: "/dev/pts", type: "devpts", options: "ptmxmode=666")
        try Mount.make("tmpfs", at: "/dev/shm", type: "tmpfs")
        for folder in ["/tmp", "/run"] where File.kind(folder) == .directory { try cover(folder) }
        for (link, target) in deviceLinks where !File.exists("/dev/" + link) {
            try Directory.link("/dev/" + link, to: target)
        }
        try Directory.make(writable)
        try Mount.make("none", at: writable, type: "hostfs", options: writable)
    }

    private static let deviceLinks = [
        ("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2"), ("ptmx", "pts/ptmx"),
    ]

    /// Makes a folder writable in memory and leaves visible what was there: the program itself, or a scenario's media
    /// file, may lie beneath it.
    private static func cover(_ folder: String) throws(SystemCallError) {
        let beneath = try FileDescriptor.open(folder, O_RDONLY | O_DIRECTORY)
        let names = (try? Directory.list(folder)) ?? []
        try Mount.make("tmpfs", at: folder, type: "tmpfs", options: "mode=1777")
        for name in names { uncover("/proc/self/fd/\(beneath.raw)/\(name)", at: "\(folder)/\(name)") }
    }

    /// What cannot be shown, such as a socket or another user's file, is left out.
    private static func uncover(_ source: String, at target: String) {
        switch File.kind(source) {
        case .directory: mkdir(target, 0o755)
        case .regular: close(open(target, O_CREAT | O_WRONLY | O_CLOEXEC, 0o644))
        case .other, nil: return
        }
        try? Mount.bind(source, at: target)
    }
}
