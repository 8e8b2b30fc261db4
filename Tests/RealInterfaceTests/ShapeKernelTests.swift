import Glibc
import LinuxKit
import Testing

/// An interface shaped and put back, with tc as witness. Needs root in a kernel with everything, and the built netlab.
@Suite(.serialized) struct ShapeKernelTests {
    @Test(
        arguments: [
            "--up 1mbit", "--down 10mbit", "--down 10mbit --up 1mbit --delay 20ms --jitter 2ms --loss 1%",
            "--delay 50ms", "--up 64kbit --queue 10packets", "--up 40gbit --queue 64kB",
        ])
    func theCommandsPrintedMakeTheSame(_ options: String) throws {
        let (ours, theirs) = (try Place(), try Place())
        let commands = try ours.netlab(options + " --dry-run")
        #expect(commands.status == .success, "\(commands.errorText)")
        #expect(try ours.state() == theirs.state(), "a dry run changes nothing")
        let result = try ours.netlab(options)
        #expect(result.status == .success, "\(result.errorText)")
        try theirs.shell(commands.outputText)
        #expect(try ours.state() == theirs.state())
        #expect(try ours.state().contains("6e6c:"))
    }

    struct Before: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var link = "ip link add d0 type dummy"
        let commands: String
        /// What has to be named; empty where nobody chose what is there.
        let kind: String
    }

    private static let fourQueues = "ip link add d0 numtxqueues 4 type ifb"

    static let befores = [
        Before(testDescription: "noqueue", commands: "true", kind: ""),
        Before(testDescription: "the default", link: "ip link add d0 type ifb", commands: "true", kind: ""),
        Before(testDescription: "the default mq", link: fourQueues, commands: "true", kind: ""),
        Before(
            testDescription: "mq with children", link: fourQueues,
            commands: "tc qdisc add dev d0 root handle 8001: mq; tc qdisc add dev d0 parent 8001:2 fq_codel limit 77",
            kind: "mq"),
        Before(
            testDescription: "fq_codel", commands: "tc qdisc add dev d0 root fq_codel limit 500 target 8ms",
            kind: "fq_codel"),
        Before(testDescription: "pfifo", commands: "tc qdisc add dev d0 root handle 5: pfifo limit 77", kind: "pfifo"),
        Before(
            testDescription: "tbf", commands: "tc qdisc add dev d0 root tbf rate 1mbit burst 10kb limit 20kb",
            kind: "tbf"),
        Before(
            testDescription: "netem", commands: "tc qdisc add dev d0 root netem delay 7ms loss 3% limit 99",
            kind: "netem"),
        Before(
            testDescription: "htb with classes",
            commands: """
                tc qdisc add dev d0 root handle 1: htb default 10
                tc class add dev d0 parent 1: classid 1:1 htb rate 8mbit
                tc class add dev d0 parent 1:1 classid 1:10 htb rate 1mbit ceil 8mbit prio 2
                tc qdisc add dev d0 parent 1:10 handle 10: pfifo limit 33
                """, kind: "htb"),
    ]

    @Test(arguments: befores) func whatWasThereComesBack(_ before: Before) throws {
        let place = try Place(before.link)
        try place.shell(before.commands)
        let found = try place.state()
        if !before.kind.isEmpty {
            let refused = try place.netlab("--down 5mbit --up 1mbit")
            #expect(refused.status == .exited(2))
            #expect(refused.errorText.contains("--replace \(before.kind)"), "\(refused.errorText)")
            #expect(try place.state() == found)
        }
        let consent = before.kind.isEmpty ? "" : " --replace \(before.kind)"
        let shaped = try place.netlab("--down 5mbit --up 1mbit" + consent)
        #expect(shaped.status == .success, "\(shaped.errorText)")
        #expect(shaped.errorText == "")
        #expect(try place.state() != found)
        // Once more, with another setting: what was there before netlab is still what comes back.
        #expect(try place.netlab("--up 2mbit").status == .success)
        let cleared = try place.netlab("--clear")
        #expect(cleared.status == .success, "\(cleared.errorText)")
        #expect(try place.state() == found)
        #expect(try place.netlab("").outputText.contains("is not shaped by netlab"))
    }

    @Test func whatCannotComeBackIsSaidBefore() throws {
        let place = try Place()
        try place.shell(
            """
            tc qdisc add dev d0 root handle 1: htb default 10
            tc class add dev d0 parent 1: classid 1:10 htb rate 1mbit
            tc filter add dev d0 parent 1: protocol ip prio 1 u32 match ip dport 5004 0xffff flowid 1:10
            tc qdisc add dev d0 clsact
            tc filter add dev d0 ingress protocol all prio 1 matchall action drop
            """)
        let found = try place.state()
        #expect(try place.netlab("--up 1mbit").errorText.contains("except: "))
        let ingress = try place.netlab("--down 1mbit")
        #expect(ingress.errorText.contains("--replace clsact"), "\(ingress.errorText)")
        #expect(ingress.errorText.contains("1 filter of what arrives"))
        #expect(try place.state() == found)
        let shaped = try place.netlab("--up 1mbit --replace htb")
        #expect(shaped.status == .success)
        #expect(shaped.errorText.contains("cannot be put back: "), "\(shaped.errorText)")
        #expect(try place.netlab("--clear").status == .success)
        #expect(try place.state() == found.replacing(lines: "flowid"), "the filter alone is lost")
    }

    /// A kernel without connection tracking does not take what its own cake tells.
    @Test func whatTheKernelRefusesIsSaidBefore() throws {
        let place = try Place()
        try place.shell("tc qdisc add dev d0 root cake bandwidth 7mbit")
        let shaped = try place.netlab("--up 1mbit --replace cake")
        #expect(shaped.errorText.contains("cannot be put back: cake"), "\(shaped.errorText)")
        let cleared = try place.netlab("--clear")
        #expect(cleared.status == .exited(2))
        #expect(cleared.errorText.contains("cake"), "\(cleared.errorText)")
        #expect(try place.shell("tc qdisc show dev d0").hasPrefix("qdisc noqueue 0:"))
    }

    @Test func itRevertsByItself() throws {
        let place = try Place()
        let found = try place.state()
        let shaped = try place.netlab("--down 5mbit --up 1mbit --for 30s")
        #expect(shaped.outputText.contains("reverts  in "), "\(shaped.outputText)")
        Clock.sleep(for: 25_000_000_000)
        #expect(try place.state() != found)
        Clock.sleep(for: 6_000_000_000)
        #expect(try place.state() == found)
    }

    @Test func aNewSettingEndsTheOldGuard() throws {
        let place = try Place()
        #expect(try place.netlab("--up 1mbit --for 5s").status == .success)
        let shaped = try place.netlab("--up 2mbit")
        #expect(shaped.outputText.contains("reverts  not by itself"), "\(shaped.outputText)")
        Clock.sleep(for: 6_000_000_000)
        #expect(try place.netlab("").outputText.contains("rate 2mbit"))
    }

    @Test func whoEndsTheGuardHearsOfIt() throws {
        let place = try Place()
        let found = try place.state()
        #expect(try place.netlab("--up 1mbit --for 5s").status == .success)
        try endGuards(of: place)
        // In virtual time nothing runs, not even to its end, while another computes.
        Clock.sleep(for: 10_000_000)
        #expect(try place.netlab("").outputText.contains("its guard was ended"))
        Clock.sleep(for: 6_000_000_000)
        #expect(try place.netlab("").outputText.contains("overdue for 1"))
        #expect(try place.netlab("--clear").status == .success)
        #expect(try place.state() == found)
    }

    /// The guard is the process that was started with this program's own entry in this place's namespace.
    private func endGuards(of place: Place) throws {
        let mine = try place.shell("readlink /proc/self/ns/net")
        for pid in try Directory.list("/proc").compactMap({ Int32($0) }) {
            let words = (try? File.readText("/proc/\(pid)/cmdline")) ?? ""
            guard words.contains("shape-guard") else { continue }
            if try place.shell("readlink /proc/\(pid)/ns/net || true") == mine { kill(pid, SIGKILL) }
        }
    }

    @Test func delayAndLossBefallPackets() throws {
        let place = try Place("ip link add d0 type veth peer name p0")
        let peer = try NetworkNamespace.make()
        try place.shell("ip addr add 10.9.0.1/24 dev d0")
        var far = Command("/bin/sh", ["-ec", "ip addr add 10.9.0.2/24 dev p0; ip link set p0 up; sleep 0.1"])
        far.namespace = peer
        let child = try ChildProcess.start(
            {
                var holder = Command("sleep", ["1000"])
                holder.namespace = peer
                return holder
            }())
        defer { child.terminate(grace: 100_000_000) }
        try place.shell("ip link set p0 netns \(child.pid)")
        #expect(try ChildProcess.run(far).status == .success)
        #expect(try roundTrip(place) < 1)
        #expect(try place.netlab("--up {delay:30ms} --down {delay:12ms}").status != .success, "no blank, no mapping")
        var mapping = try place.command("")
        mapping.arguments += ["--up", "{delay: 30ms}", "--down", "{delay: 12ms, loss: 0.0001%}"]
        #expect(try ChildProcess.run(mapping).status == .success)
        #expect(abs(try roundTrip(place) - 42) < 1)
        #expect(try place.netlab("--clear").status == .success)
        #expect(try roundTrip(place) < 1)
    }

    /// The mean of ten pings, in milliseconds.
    private func roundTrip(_ place: Place) throws -> Double {
        let text = try place.shell("ping -q -c 10 -i 0.2 10.9.0.2")
        let mean = text.split(separator: "=").last?.split(separator: "/").dropFirst().first
        return try #require(mean.flatMap { Double($0) }, "\(text)")
    }
}

extension String {
    /// Without the lines that hold `part`.
    fileprivate func replacing(lines part: String) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains(part) }.joined(separator: "\n")
    }
}
