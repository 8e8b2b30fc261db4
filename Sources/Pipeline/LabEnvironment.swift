package import Lab
internal import LinuxKit

/// What the user's own programs find of a lab in their environment.
package struct LabEnvironment {
    /// By the variable's name.
    package var values: [String: String]

    /// - Parameter folder: where the programs may write.
    package init(_ lab: Lab, folder: String) {
        values = [
            "NETLAB_SENDER": lab.sender.address,
            "NETLAB_RECEIVER": lab.receiver.address,
            // For `nsenter --net=...`; the names live as long as this process.
            "NETLAB_SENDER_NS": FileDescriptor.path(of: lab.sender.namespace.raw),
            "NETLAB_RECEIVER_NS": FileDescriptor.path(of: lab.receiver.namespace.raw),
            "NETLAB_FOLDER": folder,
        ]
    }
}
