import LinuxKit
import Testing

/// Virtual time says what real time says. Nothing may run beside it.
@Suite struct AgreementAloneTests {
    @Test func `Each figure of a scenario is the same in virtual and in real time`() throws {
        let done = try Shell.run(
            """
            python3 Scripts/agreement --netlab \(InstalledProgram.shared.path) --seeds 1 clean lossy
            """,
            environment: InstalledProgram.shared.environment)
        #expect(done.status == .success, "\(done.outputText)\(done.errorText)")
        #expect(done.outputText.contains("figures of 2 scenarios"))
    }
}
