import Glibc
import LabModel
import LinuxKit
import Testing

@testable import Engine

@Suite(.serialized) struct EngineBootTests {
    @Test(arguments: EngineKind.allCases)
    func `brings back status, lines and logs, and leaves nothing else`(_ kind: EngineKind) throws {
        let stay = try Stay(kind, "echo one; echo $0; echo oops >&2; exit 7")
        #expect(try stay.code() == 7)
        #expect(stay.lines == ["one", "sh"])
        #expect(try File.readText(stay.folder / "logs/inside.log").hasPrefix("oops\n"))
        #expect(try Directory.list(stay.folder.path) == ["logs"])
    }

    @Test(arguments: EngineKind.allCases)
    func `what is inside has full rights and a network of its own`(_ kind: EngineKind) throws {
        let stay = try Stay(
            kind, "id -u; ip -o link show lo | grep -c LOOPBACK,UP; ip link add v0 type veth && echo veth")
        #expect(try stay.code() == 0)
        #expect(stay.lines == ["0", "1", "veth"])
        #expect(File.kind("/sys/class/net/v0") == nil)
    }

    @Test(arguments: [EngineKind.embedded, .virtual])
    func `only one folder outside can be written to`(_ kind: EngineKind) throws {
        let other = try ScratchFolder()
        let stay = try Stay(
            kind,
            "cd $(dirname $0); touch /etc/x-$$ && echo bad; echo in > \(other.path)/x && echo hidden; ls /tmp | wc -l")
        _ = try stay.code()
        #expect(!stay.lines.contains("bad"))
        #expect(try Directory.list(other.path).isEmpty)
    }

    @Test(arguments: [EngineKind.host, .embedded])
    func `lines come as they are printed`(_ kind: EngineKind) throws {
        let stay = try Stay(kind, "echo one; sleep 0.5; echo two")
        #expect(try stay.code() == 0)
        #expect(stay.lines == ["one", "two"])
        #expect(stay.times[1] - stay.times[0] > 350_000_000)
    }

    @Test(arguments: EngineKind.allCases)
    func `no line is lost under load`(_ kind: EngineKind) throws {
        let stay = try Stay(kind, "seq 100000")
        #expect(try stay.code() == 0)
        #expect(stay.lines.count == 100_000)
        #expect(stay.lines.last == "100000")
    }

    @Test func `a minute of virtual time takes less than ten seconds`() throws {
        let start = Clock.monotonic()
        let stay = try Stay(.virtual, "date +%s; sleep 60; date +%s")
        #expect(try stay.code() == 0)
        let times = stay.lines.compactMap { Int($0) }
        #expect(times.count == 2 && (60...61).contains(times[1] - times[0]))
        #expect(Clock.monotonic() - start < 10_000_000_000)
    }

    @Test(arguments: EngineKind.allCases)
    func `a request to stop lets what is inside end by itself`(_ kind: EngineKind) throws {
        let script = "trap 'echo ending; exit 5' INT; echo ready; while :; do sleep 0.1; done"
        let stay = try Stay(kind, script)
        try stay.await(lines: 1)
        stay.session.requestStop()
        #expect(try stay.code() == 5)
        #expect(stay.lines == ["ready", "ending"])
    }

    @Test(arguments: EngineKind.allCases)
    func `killing ends everything at once`(_ kind: EngineKind) throws {
        let stay = try Stay(kind, "echo ready; while :; do sleep 1; done")
        try stay.await(lines: 1)
        stay.session.kill()
        let error = #expect(throws: EngineError.self) { try stay.session.wait() }
        guard case .interrupted? = error else {
            Issue.record("not interrupted: \(String(describing: error))")
            return
        }
        #expect(try Stay.processes(naming: stay.folder.path).isEmpty)
        #expect(try Directory.list(stay.folder.path) == ["logs"])
    }

    @Test(arguments: [EngineKind.embedded, .host])
    func `two at once do not disturb each other`(_ kind: EngineKind) throws {
        let folder = try ScratchFolder()
        let stays = try ["1", "2"].map {
            try Stay(
                kind, "ip link add only\($0) type dummy 2>/dev/null; ip -o link | grep -o only.; exit \($0)",
                folder: folder)
        }
        #expect(try stays.map { try $0.code() } == [1, 2])
    }

    @Test func `a folder with blanks in its name will do`() throws {
        let parent = try ScratchFolder()
        let folder = try ScratchFolder(parent / "a b  c-")
        let stay = try Stay(.embedded, "echo written > '\(folder.path)/file'", folder: folder)
        #expect(try stay.code() == 0)
        #expect(try File.readText(folder / "file") == "written\n")
    }
}
