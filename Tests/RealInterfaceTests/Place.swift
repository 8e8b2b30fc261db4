import LinuxKit
import Testing

/// A namespace with an interface `d0` to shape, and the built program beside the tests.
final class Place: Sendable {
    let namespace: NetworkNamespace

    /// `link` makes the interface.
    init(_ link: String = "ip link add d0 type dummy") throws {
        namespace = try NetworkNamespace.make()
        try shell("\(link) && ip link set d0 up")
    }

    static var netlab: String {
        get throws { Directory.parent(of: try Host.executable()) + "/netlab" }
    }

    /// Runs a command of netlab's to its end.
    func netlab(_ arguments: String) throws -> ChildProcess.Result {
        try ChildProcess.run(command(arguments), timeout: 60_000_000_000)
    }

    func command(_ arguments: String) throws -> Command {
        var command = Command(try Self.netlab, ["shape", "d0"] + arguments.split(separator: " ").map(String.init))
        command.namespace = namespace
        return command
    }

    @discardableResult
    func shell(_ script: String) throws -> String {
        var command = Command("/bin/sh", ["-ec", script])
        command.namespace = namespace
        let result = try ChildProcess.run(command, timeout: 60_000_000_000)
        #expect(result.status == .success, "\(script): \(result.errorText)")
        return result.outputText
    }

    /// All that tc and ip show, sorted: the kernel lists by hash. Left out are addresses, which are drawn anew for each
    /// interface, and the one counter that tc shows among the parameters.
    func state() throws -> String {
        try shell(
            """
            tc -d qdisc show | sed 's/direct_packets_stat [0-9]*//' | sort; tc -d class show dev d0 | sort
            tc filter show dev d0 parent ffff: 2>&1 || true
            ip -o link show | sed 's/ link.*//'
            """)
    }
}
