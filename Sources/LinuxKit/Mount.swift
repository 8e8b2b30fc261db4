internal import CLinux

/// Mounts in the mount namespace of this process. Requires CAP_SYS_ADMIN there.
package enum Mount {
    /// Mounts a file system of `type` at the folder `target`. Corresponds to `mount`.
    package static func make(
        _ source: String, at target: String, type: String, options: String = ""
    ) throws(SystemCallError) {
        try SystemCallError.naming("mount \(type) at", target) { () throws(Errno) in
            try retryingInterrupts { linux_mount(source, target, type, options) }
        }
    }

    /// Lets the file or folder `source` be seen at `target` too. Corresponds to `mount(MS_BIND)`.
    package static func bind(_ source: String, at target: String) throws(SystemCallError) {
        try SystemCallError.naming("bind \(source) to", target) { () throws(Errno) in
            try retryingInterrupts { linux_bind(source, target) }
        }
    }
}
