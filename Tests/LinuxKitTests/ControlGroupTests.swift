import Testing

@testable import LinuxKit

@Suite struct ControlGroupTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let membership: String
        /// Files of the hierarchies and what they hold.
        let files: [String: String]
        var memory: Int64?
        var processors: Double?
    }

    @Test(arguments: [
        Case(testDescription: "no control groups", membership: "", files: [:]),
        Case(
            testDescription: "version 2 without limits", membership: "0::/user\n",
            files: ["user/memory.max": "max\n", "user/memory.current": "100\n", "user/cpu.max": "max 100000\n"]),
        Case(
            testDescription: "version 2, the page cache given back", membership: "0::/a/b\n",
            files: [
                "a/b/memory.max": "1000\n", "a/b/memory.current": "700\n",
                "a/b/memory.stat": "anon 400\ninactive_file 200\nactive_file 100\n", "a/b/cpu.max": "150000 100000\n",
            ], memory: 500, processors: 1.5),
        Case(
            testDescription: "version 2, the group above is the narrower", membership: "0::/a/b\n",
            files: [
                "a/memory.max": "600\n", "a/memory.current": "500\n", "a/cpu.max": "50000 100000\n",
                "a/b/memory.max": "1000\n", "a/b/memory.current": "100\n", "a/b/cpu.max": "200000 100000\n",
            ], memory: 100, processors: 0.5),
        Case(
            testDescription: "more in use than allowed", membership: "0::/\n",
            files: ["memory.max": "600\n", "memory.current": "900\n"], memory: 0),
        Case(
            testDescription: "version 1", membership: "4:memory:/x\n2:cpu,cpuacct:/x\n0::/\n",
            files: [
                "memory/memory.limit_in_bytes": "9223372036854771712\n", "memory/memory.usage_in_bytes": "5\n",
                "memory/x/memory.limit_in_bytes": "1000\n", "memory/x/memory.usage_in_bytes": "600\n",
                "memory/x/memory.stat": "inactive_file 7\ntotal_inactive_file 100\n",
                "cpu/x/cpu.cfs_quota_us": "250000\n", "cpu/x/cpu.cfs_period_us": "100000\n",
            ], memory: 500, processors: 2.5),
        Case(
            testDescription: "version 1 without limits", membership: "4:memory:/\n2:cpu:/\n",
            files: [
                "memory/memory.limit_in_bytes": "9223372036854771712\n", "memory/memory.usage_in_bytes": "5\n",
                "cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n",
            ]),
        Case(
            testDescription: "a container that sees its own group as the root", membership: "4:memory:/docker/0123\n",
            files: ["memory/memory.limit_in_bytes": "1000\n", "memory/memory.usage_in_bytes": "100\n"], memory: 900),
    ])
    func `says what is left`(given: Case) throws {
        let folder = try Directory.makeUnique("/tmp/netlab-groups-")
        defer { try? Directory.removeTree(folder) }
        for (name, text) in given.files {
            try Directory.make(Directory.parent(of: "\(folder)/mounts/\(name)"))
            try File.write(text, to: "\(folder)/mounts/\(name)")
        }
        try File.write(given.membership, to: "\(folder)/membership")
        let group = ControlGroup(mounts: "\(folder)/mounts", membership: "\(folder)/membership")
        #expect(group.freeMemory == given.memory)
        #expect(group.processors == given.processors)
    }
}
