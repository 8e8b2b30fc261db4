import LabModel
import LinuxKit
import RunStore
import Testing

@Suite struct RunDirectoryTests {
    private func scratch() throws -> String { try Directory.makeUnique("/tmp/netlab-runstore-") }

    @Test func `Runs of the same second get folders of their own, and latest leads to the newer`() throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let first = try RunDirectory.make(under: reports, slug: "clean", time: "2026-01-31T120000Z")
        let second = try RunDirectory.make(under: reports, slug: "clean", time: "2026-01-31T120000Z")
        #expect(first.path.hasSuffix("clean/2026-01-31T120000Z"))
        #expect(second.path.hasSuffix("clean/2026-01-31T120000Z-2"))
        #expect(try RunDirectory(existing: "\(reports)/clean/latest") == second)
        for folder in RunFolder.subfolders { #expect(File.kind(second.file(folder)) == .directory) }
    }

    @Test func `Runs that begin at the same moment get folders of their own`() throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let paths = Condition<[String]>([])
        let threads = try (0..<16).map { _ in
            try LinuxKit.Thread.run(named: "maker") {
                for _ in 0..<8 {
                    let made = try? RunDirectory.make(under: reports, slug: "clean", time: "2026-01-31T120000Z")
                    paths.change { $0.append(made?.path ?? "none") }
                }
            }
        }
        for thread in threads { thread.join() }
        let made = paths.look { Set($0) }
        #expect(made.count == 128 && !made.contains("none"))
        #expect(made.contains(try RunDirectory(existing: "\(reports)/clean/latest").path))
        #expect(try Directory.list("\(reports)/clean").count == 129)
    }

    @Test func `A value comes back as it was written`() throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let run = try RunDirectory.make(under: reports, slug: "x", time: "t")
        var plan = Plan(slug: "x", name: "X \"quoted\" </script>")
        plan.link[.downlink] = Impairment(
            rate: Rate(bitsPerSecond: 10_000_000), queue: .bytes(ByteCount(125_000)), delay: .milliseconds(20),
            jitter: .microseconds(1.5), loss: .independent(Probability(clamping: 0.001)))
        plan.timeline = [TimelineChange(at: .seconds(10), impairments: [.uplink: .clean])]
        plan.probes = [.latency(interval: .milliseconds(50))]
        try run.write(plan, to: RunFolder.plan)
        #expect(try run.read(Plan.self, from: RunFolder.plan) == plan)
    }

    @Test func `Lines that were added come back, and one that was cut is left out`() throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let run = try RunDirectory.make(under: reports, slug: "x", time: "t")
        let samples = (1...3).map {
            QueueSample(
                time: Timestamp(nanoseconds: Int64($0)), direction: .downlink, backlog: ByteCount(0), backlogPackets: 0,
                queueDrops: 0, pathDrops: 0)
        }
        let writer = try LineWriter<QueueSample>(run.file(RunFolder.queue))
        try writer.append(samples)
        try File.append(#"{"time":4,"direc"#, to: run.file(RunFolder.queue))
        #expect(try run.readLines(QueueSample.self, from: RunFolder.queue) == samples)
    }

    struct Broken: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let words: String
    }

    @Test(arguments: [
        Broken(testDescription: "no JSON", text: "{", words: "it is no JSON"),
        Broken(testDescription: "a key missing", text: #"{"direction":"uplink"}"#, words: #"there is no "time""#),
        Broken(testDescription: "another type", text: #"{"time":"now"}"#, words: #""time" is not what it should be"#),
    ])
    func `A broken file says which file and what is wrong`(_ broken: Broken) throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let run = try RunDirectory.make(under: reports, slug: "x", time: "t")
        try File.write(broken.text, to: run.file("x.json"))
        let error = #expect(throws: RunStoreError.self) { try run.read(QueueSample.self, from: "x.json") }
        #expect(error?.description == "cannot read \(run.file("x.json")): \(broken.words)")
    }

    @Test func `A file that is not there is named`() throws {
        let reports = try scratch()
        defer { try? Directory.removeTree(reports) }
        let run = try RunDirectory.make(under: reports, slug: "x", time: "t")
        let error = #expect(throws: RunStoreError.self) { try run.read(Plan.self, from: "plan.json") }
        #expect(error?.description == "cannot read \(run.file("plan.json")): no such file or directory (ENOENT)")
    }
}
