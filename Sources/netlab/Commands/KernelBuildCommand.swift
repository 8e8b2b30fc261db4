import CommandLineKit
import Engine
import LinuxKit

/// `netlab kernel build`.
enum KernelBuildCommand {
    static let command = CommandLineKit.Command(
        "build",
        summary: "Build the embedded kernel, once for a machine.",
        discussion: """
            Fetches the newest kernel source of the distribution through apt, whose own configuration stays as it is, \
            and builds it as a program of about 9 MB in a few minutes. Needs no root. An interrupted or failed build \
            leaves nothing; of two at once one builds and the other waits for it.
            """,
        examples: [
            .init("netlab kernel build", "For this user."),
            .init("sudo netlab kernel build --system", "For every user of this machine."),
            .init("netlab kernel build --source linux-6.18.tar.xz", "From a source that is there already."),
        ],
        options: [
            .value("source", placeholder: "dir|tarball", completion: .files, "Build this source instead."),
            .flag("system", "Put it where every user finds it."),
            .value("jobs", short: "j", placeholder: "n", "Compilers to run at once; as many as processors by default."),
        ]
    ) { arguments in
        let installation = try Installation.find()
        let store = KernelStore(installation: installation)
        let build = try KernelBuild(
            arguments.value("source").map(KernelSourceRequest.given) ?? .newest, installation: installation,
            destination: arguments.flag("system") ? KernelStore.systemFolder : store.userFolder,
            jobs: try arguments.integer("jobs", in: 1...1024) ?? Host.processors)
        try Signals.watchInterrupts { count in
            if count == 1 { build.interrupt() } else { Signals.leave() }
        }
        let start = Clock.monotonic()
        var display = BuildDisplay(terminal: .output)
        let kernel: Kernel
        do {
            kernel = try build.run { display.show($0) }
        } catch {
            display.clear()
            throw error
        }
        display.clear()
        print(
            "kernel \(kernel.version ?? "") is ready in \(kernel.path) (\((Clock.monotonic() - start) / 1_000_000_000) s)"
        )
        return .pass
    }
}
