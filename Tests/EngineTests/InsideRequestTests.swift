import LabModel
import Testing

@testable import Engine

@Suite struct InsideRequestTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let request: InsideRequest
    }

    @Test(arguments: [
        Case(
            testDescription: "plain",
            request: InsideRequest(
                kind: .embedded, arguments: ["run", "a"], environment: ["PATH": "/bin"], directory: "/d", errors: "/e",
                writable: "/w", seed: 7)),
        Case(
            testDescription: "empty and odd",
            request: InsideRequest(
                kind: .virtual, arguments: ["", "a b", "\n\"'=\u{1F600}"], environment: ["A": "", "B": "x=y\n"],
                directory: "/", errors: "", writable: "", seed: .max)),
        Case(
            testDescription: "nothing",
            request: InsideRequest(
                kind: .host, arguments: [], environment: [:], directory: "/", errors: "/e", writable: "/", seed: 0)),
    ])
    func `comes back as it was`(_ test: Case) {
        #expect(InsideRequest(decoding: test.request.encoded) == test.request)
    }

    @Test(arguments: [
        "", "x", "host\0/\0/e\0/w\00\0", "host\0/\0/e\0/w\00\0-1\0", "host\0/\0/e\0/w\00\09\0a\0",
        "none\0/\0/e\0/w\00\00\0", "host\0/\0/e\0/w\00\00\0A\0", "host\0/\0/e\0/w\0-1\00\0",
    ])
    func `what is no request is refused`(_ text: String) {
        #expect(InsideRequest(decoding: Array(text.utf8)) == nil)
    }

    @Test func `a path that the kernel cannot be given is refused`() throws {
        let boot = { (path: String) throws(EngineError) in
            try BootArguments(kind: .virtual, memory: ByteCount(64 << 20), program: path).words()
        }
        #expect(try boot("/a b/netlab").contains("init=\"/a b/netlab\""))
        #expect(try boot("/n").contains("time-travel=inf-cpu"))
        #expect(throws: EngineError.self) { try boot("/a\"b/netlab") }
    }
}
