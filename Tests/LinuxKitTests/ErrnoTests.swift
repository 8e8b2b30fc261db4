import LinuxKit
import Testing

@Suite struct ErrnoTests {
    struct Case: CustomTestStringConvertible {
        let error: Errno
        let text: String
        var testDescription: String { error.name }
    }

    @Test(arguments: [
        Case(error: .noSuchFile, text: "no such file or directory (ENOENT)"),
        Case(error: .notPermitted, text: "operation not permitted (EPERM)"),
        Case(error: .inputOutput, text: "input/output error (EIO)"),
        Case(error: Errno(4095), text: "errno 4095"),
    ])
    func `is described by text and symbol`(_ test: Case) {
        #expect(test.error.description == test.text)
    }

    @Test func `a failed call names what it was about`() throws {
        let error = #expect(throws: SystemCallError.self) { _ = try File.read("/nonexistent/x") }
        #expect(error?.description == "cannot open /nonexistent/x: no such file or directory (ENOENT)")
    }

    @Test func `matches in a catch, bare or with its object`() {
        #expect(Errno.exists ~= Errno.exists)
        #expect(Errno.exists ~= SystemCallError("create", "x", .exists))
        #expect(!(Errno.exists ~= SystemCallError("create", "x", .busy)))
    }
}
