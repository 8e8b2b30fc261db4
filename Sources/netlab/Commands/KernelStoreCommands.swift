import CommandLineKit
import Engine

/// `netlab kernel list`, `path` and `remove`.
enum KernelStoreCommands {
    static let list = CommandLineKit.Command(
        "list",
        summary: "List the kernels that are there, the one that runs would take marked with a star."
    ) { _ in
        let installation = try Installation.find()
        let store = KernelStore(installation: installation)
        let taken = store.find(for: installation)
        // The one named by NETLAB_KERNEL is in no store.
        let all = store.list()
        for kernel in (taken.map { all.contains($0) ? [] : [$0] } ?? []) + all {
            print("\(kernel == taken ? "*" : " ") \(kernel.version ?? "(NETLAB_KERNEL)") \(kernel.path)")
        }
        return .pass
    }

    static let path = CommandLineKit.Command(
        "path",
        summary: "Print the path of the kernel that runs would take."
    ) { _ in
        let installation = try Installation.find()
        let store = KernelStore(installation: installation)
        guard let kernel = store.find(for: installation) else {
            throw EngineError.missingKernel(searched: store.places)
        }
        print(kernel.path)
        return .pass
    }

    static let remove = CommandLineKit.Command(
        "remove",
        summary: "Remove kernels from this user's cache.",
        examples: [.init("netlab kernel remove --all", "Remove every kernel of this user.")],
        options: [.flag("all", "Remove all of them.")],
        arguments: [Argument("version", .optional, "The version to remove, as 'netlab kernel list' shows it.")]
    ) { arguments in
        let version = arguments.argument("version")
        guard arguments.flag("all") || version != nil else {
            throw Failure(
                "no kernel named", hint: "'netlab kernel remove VERSION' or 'netlab kernel remove --all'",
                status: .usage)
        }
        let store = KernelStore(installation: try Installation.find())
        let kernels = store.list().filter { $0.path.hasPrefix(store.userFolder + "/") }
            .filter { version == nil || $0.version == version }
        if kernels.isEmpty, let version {
            throw Failure("there is no kernel \(version) in \(store.userFolder)", status: .badInput)
        }
        for kernel in kernels {
            try store.remove(kernel)
            print("removed \(kernel.path)")
        }
        return .pass
    }
}
