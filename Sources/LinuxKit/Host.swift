internal import CLinux
internal import Glibc

/// Facts about the machine.
package enum Host {
    /// The running kernel's release, such as `6.1.0-18-amd64`. Corresponds to `uname`.
    package static var kernelRelease: String { name { $0.release } }

    /// The processor's architecture, such as `x86_64`. Corresponds to `uname`.
    package static var architecture: String { name { $0.machine } }

    /// Processors that this process may use, 1 or more. Corresponds to `sysconf(_SC_NPROCESSORS_ONLN)`.
    package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// The numbers of those processors. Corresponds to `sched_getaffinity`.
    package static var allowedProcessors: [Int32] {
        [Int32](unsafeUninitializedCapacity: 1024) { buffer, count in
            count = Int(linux_allowed_processors(buffer.baseAddress, Int32(buffer.count)))
        }
    }

    /// Bytes of memory that can be taken without swapping, by the machine's own reckoning; nil where it is not known.
    /// Corresponds to `MemAvailable` of /proc/meminfo.
    package static var availableMemory: Int64? {
        let lines = (try? File.readText("/proc/meminfo"))?.split(separator: "\n")
        let words = lines?.first { $0.hasPrefix("MemAvailable:") }?.split(separator: " ")
        return words?.dropFirst().first.flatMap { Int64($0) }.map { $0 << 10 }
    }

    /// Bytes of a memory page. Corresponds to `sysconf(_SC_PAGESIZE)`.
    package static var pageSize: Int { sysconf(Int32(_SC_PAGESIZE)) }

    /// Tries to map a new file in `folder` for code; EPERM where it is mounted with `noexec`. Corresponds to
    /// `mmap(PROT_EXEC)`.
    package static func checkExecutableMapping(in folder: String) throws(Errno) {
        try retryingInterrupts { linux_check_executable_mapping(folder) }
    }

    /// Adds `seed` to what the kernel's random numbers follow from, as all the entropy that they need, and begins them
    /// anew. Requires CAP_SYS_ADMIN. Corresponds to `ioctl(RNDADDENTROPY)` and `ioctl(RNDRESEEDCRNG)`.
    package static func seedRandomness(_ seed: UInt64) throws(SystemCallError) {
        try SystemCallError.naming("seed", "/dev/random") { () throws(Errno) in
            try retryingInterrupts { linux_seed_random(seed) }
        }
    }

    /// Writes out all files and ends the machine; returns where the kernel refuses. Requires CAP_SYS_BOOT. Corresponds
    /// to `sync` and `reboot`.
    package static func powerOff() {
        sync()
        _ = linux_power_off()
    }

    /// Processor time since boot, from /proc/stat.
    package struct ProcessorTimes: Sendable, Hashable {
        /// All of it, in ticks of 1/100 s over all processors.
        package let total: Int64
        /// What was idle.
        package let idle: Int64
        /// What the hypervisor gave to others although this machine wanted to run.
        package let steal: Int64
    }

    /// Processor time since boot; nil where /proc/stat is missing.
    package static var processorTimes: ProcessorTimes? {
        guard let text = try? File.readText("/proc/stat"), let line = text.split(separator: "\n").first else {
            return nil
        }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Int64($0) }
        // user nice system idle iowait irq softirq steal guest guest_nice; the guests' are in user already.
        guard ticks.count >= 8 else { return nil }
        return ProcessorTimes(total: ticks.prefix(8).reduce(0, +), idle: ticks[3] + ticks[4], steal: ticks[7])
    }

    /// The effective user's number. Corresponds to `geteuid`.
    package static var userID: UInt32 { geteuid() }

    /// Whether this process has a right, by its number in <linux/capability.h>; `nil` where /proc is missing.
    package static func hasCapability(_ number: UInt64) -> Bool? {
        let line = (try? File.readText("/proc/thread-self/status"))?.split(separator: "\n").first {
            $0.hasPrefix("CapEff:")
        }
        return line.flatMap { UInt64($0.dropFirst(7).trimmingPrefix { $0 == "\t" }, radix: 16) }.map {
            $0 >> number & 1 == 1
        }
    }

    /// This process's number. Corresponds to `getpid`.
    package static var processID: Int32 { getpid() }

    /// The path of the running program, links resolved.
    package static func executable() throws(SystemCallError) -> String { try Directory.resolve("/proc/self/exe") }

    /// Bytes free for this user on the file system of `path`; nil where it cannot be asked. Corresponds to `statvfs`.
    package static func freeSpace(at path: String) -> Int64? {
        var information = statvfs()
        guard statvfs(path, &information) == 0 else { return nil }
        return Int64(
            clamping: UInt64(information.f_bavail).multipliedReportingOverflow(by: UInt64(information.f_frsize)).0)
    }

    private static func name<T>(_ field: (utsname) -> T) -> String {
        var names = utsname()
        uname(&names)
        return withUnsafeBytes(of: field(names)) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
