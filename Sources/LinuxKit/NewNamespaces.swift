internal import CLinux
internal import Glibc

/// New user, network, mount, PID and IPC namespaces, to be entered while the process has one thread.
package struct NewNamespaces: Error, Hashable, Sendable {
    /// Whether it was the user namespace that could not be made.
    package let lacksUserNamespace: Bool
    /// Why the kernel refused.
    package let errno: Errno

    /// Runs this program again as the first process of new namespaces, waits for it and exits as it did; returns only
    /// where it cannot, with why. Through the link it is the same program even where its file has been replaced
    /// meanwhile. Corresponds to `unshare` and `execve`.
    package static func execute(_ arguments: [String]) -> NewNamespaces {
        var stage = linux_enter_stage_user
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        _ = linux_enter_lab("/proc/self/exe", &pointers, &stage)
        return NewNamespaces(lacksUserNamespace: stage == linux_enter_stage_user, errno: Errno.last)
    }
}
