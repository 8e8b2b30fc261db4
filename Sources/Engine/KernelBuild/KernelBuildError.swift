package import LabModel
package import LinuxKit

/// Why there is no new kernel.
package enum KernelBuildError: Error, Sendable {
    /// Programs or files that the build needs are missing; `packages` have them.
    case missingTools([String], packages: [String])
    /// The file with the kernel's options is missing from the installation.
    case missingFragment
    /// apt's configuration names no mirror for this release.
    case noMirror
    /// No kernel source there is new enough.
    case noNewSource(minimum: String)
    /// The source given is no Linux source, or too old.
    case unusableSource(String, reason: String)
    /// The folder cannot hold the build.
    case noSpace(folder: String, free: ByteCount, needed: ByteCount)
    /// The source's configuration refused these options of the fragment.
    case refusedOptions([String])
    /// A program of the build failed; the log is kept.
    case step(String, status: ExitStatus, log: String, lastLines: [String])
    /// A file or folder cannot be made, read or written.
    case file(SystemCallError)
    /// A program of the build does not start.
    case spawn(SpawnError)
    /// Ended by the user.
    case interrupted
}

extension KernelBuildError: CustomStringConvertible {
    /// One line, lower case, without a full stop.
    package var description: String {
        switch self {
        case .missingTools(let tools, _): "the kernel's build needs \(tools.joined(separator: ", "))"
        case .missingFragment: "the kernel's options, Resources/uml-kernel-fragment.config, are missing"
        case .noMirror: "apt's configuration names no mirror of this machine's release"
        case .noNewSource(let minimum): "the mirror has no kernel source of version \(minimum) or later"
        case .unusableSource(let path, let reason): "\(path) \(reason)"
        case .noSpace(let folder, let free, let needed):
            "\(folder) has \(free.bytes >> 20) MiB free, and the build needs \(needed.bytes >> 20) MiB"
        case .refusedOptions(let options): "this kernel source refuses \(options.joined(separator: ", "))"
        case .step(let step, let status, let log, _): "cannot \(step): it \(status) (all of it in \(log))"
        case .file(let error): error.description
        case .spawn(let error): error.description
        case .interrupted: "interrupted; nothing of the build is left"
        }
    }

    /// What would mend it; nil where nothing is known.
    package var remedy: String? {
        switch self {
        case .missingTools(_, let packages):
            "sudo apt-get install --no-install-recommends \(packages.joined(separator: " "))"
        case .noMirror, .noNewSource: "give a kernel source with '--source DIR|TARBALL'"
        case .noSpace: "set XDG_CACHE_HOME to a folder with more space"
        case .unusableSource, .refusedOptions: "give a newer source with '--source DIR|TARBALL'"
        default: nil
        }
    }

    /// The last lines of what failed; empty where there were none.
    package var lastLines: [String] {
        if case .step(_, _, _, let lines) = self { return lines }
        return []
    }
}
