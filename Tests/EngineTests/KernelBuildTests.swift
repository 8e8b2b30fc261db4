import LinuxKit
import Testing

@testable import Engine

/// Builds that do not come to an end; `netlab kernel build` itself makes the kernel of the other tests.
@Suite struct KernelBuildTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `what is no source, or too old, is refused`() throws {
        try Directory.make(folder / "empty")
        try File.write("no archive", to: folder / "file.tar.xz")
        try makeSource("old", version: "6", "12", make: "")
        #expect(try description(of: build(folder / "none")) == "\(folder.path)/none is not there")
        #expect(try description(of: build(folder / "empty")) == "\(folder.path)/empty is no Linux source")
        #expect(
            try description(of: build(folder / "old"))
                == "\(folder.path)/old is Linux 6.12.1; netlab needs 6.16 or later")
        guard case .step(let step, _, _, let lines)? = try error(of: build(folder / "file.tar.xz")) else {
            Issue.record("a broken archive was taken")
            return
        }
        #expect(step == "unpack \(folder.path)/file.tar.xz")
        #expect(!lines.isEmpty)
        #expect(try leftovers().allSatisfy { ["failed-build.log", "lock"].contains($0) })
    }

    @Test func `a failed build says its last lines, keeps its log and leaves nothing else`() throws {
        try makeSource("bad", make: "allnoconfig:\n\t@echo first; echo 'x.c:1: error: no' >&2; exit 2\n")
        guard case .step(let step, let status, let log, let lines)? = try error(of: build(folder / "bad")) else {
            Issue.record("the build did not fail")
            return
        }
        #expect(step == "configure the kernel")
        #expect(status == .exited(2))
        #expect(lines.contains("x.c:1: error: no"))
        #expect(try File.readText(log).contains("first"))
        #expect(try leftovers() == ["failed-build.log", "lock"])
    }

    @Test func `options that the source refuses are named`() throws {
        let kconfig = "config NET_SCH_NETEM\n\tbool\nconfig VETH\n\tbool\n"
        try makeSource(
            "poor", make: "allnoconfig:\n\t@grep -v SCH_NETEM $(KCONFIG_ALLCONFIG) > .config\n", kconfig: kconfig)
        #expect(try description(of: build(folder / "poor")) == "this kernel source refuses CONFIG_NET_SCH_NETEM=y")
    }

    @Test func `an interrupted build ends at once and leaves nothing`() throws {
        try makeSource("slow", make: "allnoconfig:\n\t@sleep 60; echo never\n")
        let start = Clock.monotonic()
        let build = try build(folder / "slow")
        let failure = Condition<KernelBuildError??>(nil)
        let thread = try Thread.run(named: "build") {
            let error = Self.error(of: build) { step in
                if case .configuring = step { build.interrupt() }
            }
            failure.change { $0 = .some(error) }
        }
        thread.join()
        guard case .interrupted?? = failure.look({ $0 }) else {
            Issue.record("not interrupted")
            return
        }
        #expect(Clock.monotonic() - start < 20_000_000_000)
        #expect(try leftovers() == ["lock"])
    }

    @Test func `of two at once one waits; what a killed one left is removed`() throws {
        try makeSource("slow", make: "allnoconfig:\n\t@sleep 0.5; exit 1\n")
        try Directory.make(folder / "store/.build-left/src")
        let waits = Condition(0)
        let threads = try (0..<2).map { _ in
            let build = try build(folder / "slow")
            return try Thread.run(named: "build") {
                _ = Self.error(of: build) { if $0 == .waiting { waits.change { $0 += 1 } } }
            }
        }
        for thread in threads { thread.join() }
        #expect(waits.look { $0 } == 1)
        #expect(try leftovers() == ["failed-build.log", "lock"])
    }

    private func build(_ source: String) throws -> KernelBuild {
        try KernelBuild(
            .given(source), installation: try Installation.find(), destination: folder / "store", jobs: 2)
    }

    private func error(of build: KernelBuild) -> KernelBuildError? {
        Self.error(of: build) { _ in }
    }

    private static func error(
        of build: KernelBuild, onStep: (KernelBuild.Step) -> Void
    ) -> KernelBuildError? {
        do throws(KernelBuildError) {
            _ = try build.run(onStep: onStep)
            return nil
        } catch {
            return error
        }
    }

    private func description(of build: KernelBuild) -> String? {
        error(of: build)?.description
    }

    private func leftovers() throws -> [String] { try Directory.list(folder / "store") }

    /// A folder that looks like a kernel source and builds nothing.
    private func makeSource(
        _ name: String, version: String = "7", _ patchLevel: String = "3", make: String, kconfig: String = ""
    ) throws {
        try Directory.make(folder / "\(name)/arch/um")
        try File.write("config HZ\n\tdefault 100\n" + kconfig, to: folder / "\(name)/arch/um/Kconfig")
        let head = "VERSION = \(version)\nPATCHLEVEL = \(patchLevel)\nSUBLEVEL = 1\nEXTRAVERSION =\n"
        try File.write(head + make, to: folder / "\(name)/Makefile")
    }
}
